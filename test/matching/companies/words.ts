/** One line of business as company names tell it: in full, as it is shortened, and in English. */
export interface Business {
  readonly full: string;
  readonly short: string;
  readonly english: string;
}

/** With how often they stand in names. */
export const BUSINESSES: readonly (readonly [readonly Business[], number])[] = [
  [[], 30],
  [[{ full: 'Thương mại', short: 'TM', english: 'Trading' }], 10],
  [
    [
      { full: 'Thương mại', short: 'TM', english: 'Trading' },
      { full: 'Dịch vụ', short: 'DV', english: 'Service' },
    ],
    18,
  ],
  [
    [
      { full: 'Sản xuất', short: 'SX', english: 'Production' },
      { full: 'Thương mại', short: 'TM', english: 'Trading' },
    ],
    8,
  ],
  [
    [
      { full: 'Thương mại', short: 'TM', english: 'Trading' },
      { full: 'Xuất nhập khẩu', short: 'XNK', english: 'Import Export' },
    ],
    6,
  ],
  [[{ full: 'Xuất nhập khẩu', short: 'XNK', english: 'Import Export' }], 4],
  [[{ full: 'Xây dựng', short: 'XD', english: 'Construction' }], 9],
  [
    [
      { full: 'Đầu tư', short: 'ĐT', english: 'Investment' },
      { full: 'Xây dựng', short: 'XD', english: 'Construction' },
    ],
    5,
  ],
  [[{ full: 'Công nghệ', short: 'CN', english: 'Technology' }], 6],
  [[{ full: 'Vận tải', short: 'VT', english: 'Transport' }], 4],
  [[{ full: 'Nội thất', short: 'NT', english: 'Furniture' }], 3],
  [[{ full: 'Thực phẩm', short: 'TP', english: 'Food' }], 4],
  [[{ full: 'Kỹ thuật', short: 'KT', english: 'Engineering' }], 4],
  [[{ full: 'Du lịch', short: 'DL', english: 'Travel' }], 3],
  [[{ full: 'Bao bì', short: 'BB', english: 'Packaging' }], 3],
  [[{ full: 'Thủy sản', short: 'TS', english: 'Seafood' }], 3],
  [[{ full: 'Giáo dục', short: 'GD', english: 'Education' }], 3],
  [[{ full: 'Tập đoàn', short: 'TĐ', english: 'Group' }], 2],
];

export const FIRST_WORDS = [
  ...['Minh', 'Hoàng', 'An', 'Phú', 'Tân', 'Đại', 'Thành', 'Việt', 'Nam', 'Thiên', 'Kim', 'Hưng'],
  ...['Gia', 'Hòa', 'Đông', 'Thái', 'Trường', 'Bảo', 'Quang', 'Vạn', 'Ngọc', 'Sao', 'Tiến', 'Hải'],
];
export const SECOND_WORDS = [
  ...[
    'Phát',
    'Thịnh',
    'Long',
    'Phúc',
    'Hưng',
    'Thành',
    'Lợi',
    'Sơn',
    'Anh',
    'Quang',
    'Đạt',
    'Tiến',
  ],
  ...['Á', 'Dương', 'Khang', 'Gia', 'Hà', 'Lộc', 'Phong', 'Vinh', 'Hải', 'Nam', 'Tín', 'Việt'],
];
/** Names that are of no language. */
export const COINED = [
  ...['Viettronics', 'Savimex', 'Namilux', 'Vinasoy', 'Hoalan', 'Sunrise', 'Green Pearl', 'Lotus'],
  ...['Delta', 'Alphatech', 'Mekong', 'Saigon Star', 'Techgen', 'Novaland', 'Bitexa', 'Interlogis'],
];
export const PLACES = ['Việt Nam', 'Sài Gòn', 'Hà Nội', 'Miền Nam', 'Đà Nẵng'];

/** Legal forms as they stand in front, more of the one kind and of the other. */
export const LIMITED = ['Công ty TNHH', 'Công ty TNHH MTV', 'Cty TNHH', 'CTY TNHH', 'TNHH'];
export const LIMITED_IN_FULL = [
  'Công ty Trách nhiệm hữu hạn',
  'Công ty TNHH Một thành viên',
  'Công ty TNHH 1TV',
  'Công ty TNHH hai thành viên trở lên',
];
export const JOINT_STOCK = ['Công ty Cổ phần', 'CTCP', 'Công ty CP', 'Cty CP', 'Cty Cổ phần'];
export const LIMITED_ENGLISH = ['Co., Ltd', 'Co.,LTD.', 'Company Limited', 'Ltd', 'Co. Ltd', 'LLC'];
export const JOINT_STOCK_ENGLISH = ['JSC', 'Joint Stock Company', 'J.S.C', ', JSC', 'Corp.'];
/** Written now and then, and no less the form. */
export const RARE_ENGLISH = ['Limited Company', 'Ltd., Co', 'MTV Co., Ltd', 'Co., JSC'];
