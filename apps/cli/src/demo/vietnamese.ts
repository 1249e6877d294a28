/** Family names with their share of the population in percent. */
export const FAMILY_NAMES: readonly (readonly [string, number])[] = [
  ['Nguyễn', 38.4],
  ['Trần', 12.1],
  ['Lê', 9.5],
  ['Phạm', 7.0],
  ['Hoàng', 2.7],
  ['Huỳnh', 2.4],
  ['Phan', 4.5],
  ['Vũ', 2.1],
  ['Võ', 1.8],
  ['Đặng', 2.1],
  ['Bùi', 2.0],
  ['Đỗ', 1.4],
  ['Hồ', 1.3],
  ['Ngô', 1.3],
  ['Dương', 1.0],
  ['Lý', 0.5],
  ['Đinh', 0.5],
  ['Trịnh', 0.5],
  ['Lương', 0.4],
  ['Mai', 0.4],
  ['Tô', 0.3],
  ['Châu', 0.2],
];

export type Gender = 'male' | 'female';

/** Middle names by gender; `` for none. */
export const MIDDLE_NAMES: Readonly<Record<Gender, readonly (readonly [string, number])[]>> = {
  female: [
    ['Thị', 38],
    ['Thị Thu', 4],
    ['Thị Ngọc', 4],
    ['Thị Bích', 3],
    ['Ngọc', 9],
    ['Thanh', 7],
    ['Thùy', 5],
    ['Phương', 5],
    ['Khánh', 4],
    ['Diệu', 2],
    ['Gia', 3],
    ['', 5],
  ],
  male: [
    ['Văn', 30],
    ['Đức', 10],
    ['Minh', 9],
    ['Quốc', 8],
    ['Hữu', 7],
    ['Gia', 5],
    ['Thành', 5],
    ['Công', 4],
    ['Xuân', 4],
    ['Đình', 4],
    ['Anh', 3],
    ['', 5],
  ],
};

export const GIVEN_NAMES: Readonly<Record<Gender, readonly string[]>> = {
  female: [
    ...['Lan', 'Hương', 'Hoa', 'Mai', 'Linh', 'Trang', 'Thảo', 'Hà', 'Nga', 'Yến', 'Thủy'],
    ...['Hạnh', 'Vy', 'Ngân', 'Như', 'Quỳnh', 'Trâm', 'Uyên', 'Xuân', 'Nhung', 'Phượng', 'Duyên'],
  ],
  male: [
    ...['Hùng', 'Dũng', 'Tuấn', 'Nam', 'Long', 'Sơn', 'Hải', 'Khương', 'Phong', 'Quân', 'Thắng'],
    ...['Bảo', 'Khoa', 'Huy', 'Đạt', 'Trung', 'Kiên', 'Việt', 'Tùng', 'Lâm', 'Nghĩa', 'Cường'],
  ],
};

/** Beginnings of mobile numbers in use, by operator share. */
export const MOBILE_PREFIXES: readonly (readonly [string, number])[] = [
  ...['096', '097', '098', '086', '032', '033', '034', '035', '036', '037', '038', '039'].map(
    (prefix) => [prefix, 5] as const,
  ),
  ...['091', '094', '088', '081', '082', '083', '084', '085'].map((prefix) => [prefix, 3] as const),
  ...['090', '093', '089', '070', '076', '077', '078', '079'].map((prefix) => [prefix, 3] as const),
  ...['092', '056', '058', '059', '099'].map((prefix) => [prefix, 0.6] as const),
];

export const LEGAL_FORMS = [
  'Công ty TNHH',
  'Công ty Cổ phần',
  'Công ty TNHH MTV',
  'CTCP',
  'Doanh nghiệp tư nhân',
] as const;

/** Of an organisation's own name: what comes first, and what follows. */
export const ORGANISATION_WORDS: readonly (readonly string[])[] = [
  ['Minh', 'Hoàng', 'An', 'Đại', 'Tân', 'Phú', 'Việt', 'Thiên', 'Kim', 'Hưng', 'Nam', 'Trường'],
  ['Phát', 'Gia', 'Thịnh', 'Long', 'Á', 'Quang', 'Sơn', 'Lợi', 'Anh', 'Thành', 'Phong', 'Hải'],
  ['Xây dựng', 'Thương mại', 'Công nghệ', 'Nội thất', 'Thực phẩm', 'Vận tải', 'An ninh', ''],
];

export interface Province {
  readonly city: string;
  readonly districts: readonly string[];
  readonly team: 'Miền Bắc' | 'Miền Trung' | 'Miền Nam';
  readonly weight: number;
}

export const PROVINCES: readonly Province[] = [
  {
    city: 'Thành phố Hồ Chí Minh',
    districts: ['Quận 1', 'Quận 3', 'Quận 7', 'Quận Bình Thạnh', 'Thành phố Thủ Đức'],
    team: 'Miền Nam',
    weight: 30,
  },
  {
    city: 'Hà Nội',
    districts: ['Quận Ba Đình', 'Quận Cầu Giấy', 'Quận Đống Đa', 'Quận Hà Đông'],
    team: 'Miền Bắc',
    weight: 25,
  },
  {
    city: 'Đà Nẵng',
    districts: ['Quận Hải Châu', 'Quận Sơn Trà', 'Quận Liên Chiểu'],
    team: 'Miền Trung',
    weight: 9,
  },
  {
    city: 'Hải Phòng',
    districts: ['Quận Lê Chân', 'Quận Ngô Quyền'],
    team: 'Miền Bắc',
    weight: 7,
  },
  { city: 'Cần Thơ', districts: ['Quận Ninh Kiều', 'Quận Cái Răng'], team: 'Miền Nam', weight: 6 },
  {
    city: 'Bình Dương',
    districts: ['Thành phố Thủ Dầu Một', 'Thành phố Dĩ An'],
    team: 'Miền Nam',
    weight: 8,
  },
  { city: 'Đồng Nai', districts: ['Thành phố Biên Hòa'], team: 'Miền Nam', weight: 6 },
  { city: 'Bắc Ninh', districts: ['Thành phố Từ Sơn'], team: 'Miền Bắc', weight: 4 },
  { city: 'Khánh Hòa', districts: ['Thành phố Nha Trang'], team: 'Miền Trung', weight: 5 },
];

export const STREETS = [
  ...['Lê Lợi', 'Nguyễn Huệ', 'Trần Hưng Đạo', 'Hai Bà Trưng', 'Điện Biên Phủ', 'Lý Thường Kiệt'],
  ...['Nguyễn Trãi', 'Phan Chu Trinh', 'Hoàng Diệu', 'Quang Trung', 'Bạch Đằng', 'Võ Thị Sáu'],
];

export const PRODUCTS = [
  ...['Ezviz C6T 2MP', 'Ezviz H8c 4MP', 'Hikvision DS-2CD1023', 'Dahua IPC-HFW1230'],
  ...['Đầu ghi 8 kênh', 'Khóa cửa thông minh', 'Chuông cửa có hình', 'Bộ phát Wi-Fi 6'],
];
export const SOURCES: readonly (readonly [string, number])[] = [
  ['Website', 30],
  ['Facebook', 25],
  ['Zalo', 15],
  ['Giới thiệu', 12],
  ['Hội chợ', 8],
  ['Gọi điện', 10],
];
export const NEEDS = [
  ...['Camera cho cửa hàng', 'Camera cho nhà xưởng', 'Giám sát nhà ở', 'Khóa cửa căn hộ'],
  ...['Nâng cấp hệ thống cũ', 'Mạng không dây văn phòng'],
];
export const TAGS = ['VIP', 'Gấp', 'Bảo hành', 'Đại lý', 'Trả góp', 'Khách cũ'];
export const JOB_TITLES = ['Giám đốc', 'Trưởng phòng mua hàng', 'Kế toán', 'Quản lý cửa hàng'];
export const LOST_REASONS = [
  'Giá cao',
  'Chọn nhà cung cấp khác',
  'Không có nhu cầu',
  'Không liên lạc được',
];
export const NOTES = [
  'Khách hỏi giá lắp đặt trọn gói.',
  'Đã gửi báo giá qua Zalo.',
  'Hẹn khảo sát cuối tuần.',
  'Khách muốn bảo hành 24 tháng.',
  'Gọi lại sau 17 giờ.',
];
