import type { JsonObject } from '#crm';
import type { Random } from './random.js';

const FAMILIES = [
  'Nguyễn',
  'Trần',
  'Lê',
  'Phạm',
  'Hoàng',
  'Huỳnh',
  'Phan',
  'Vũ',
  'Võ',
  'Đặng',
  'Bùi',
  'Đỗ',
];
const MIDDLES = [
  'Thị',
  'Văn',
  'Gia',
  'Minh',
  'Quốc',
  'Thanh',
  'Ngọc',
  'Đức',
  'Hữu',
  'Xuân',
  'Kim',
  'Bảo',
];
const GIVENS = [
  'Khương',
  'Anh',
  'Linh',
  'Hùng',
  'Trang',
  'Dũng',
  'Hà',
  'Nam',
  'Phương',
  'Sơn',
  'Thảo',
  'Tuấn',
];
const TRADES = [
  'Minh Phát',
  'An Khang',
  'Đại Việt',
  'Hòa Bình',
  'Tân Tiến',
  'Phú Quý',
  'Sao Mai',
  'Bình Minh',
];
const FORMS = ['Công ty TNHH', 'Công ty Cổ phần', 'CTCP', 'Công ty TNHH MTV'];
const CITIES = ['Hà Nội', 'Thành phố Hồ Chí Minh', 'Đà Nẵng', 'Cần Thơ', 'Hải Phòng', 'Huế'];
const STREETS = [
  'Lê Lợi',
  'Trần Hưng Đạo',
  'Nguyễn Huệ',
  'Hai Bà Trưng',
  'Lý Thường Kiệt',
  'Phan Chu Trinh',
];
const SOURCES = ['facebook', 'website', 'giới thiệu', 'hội chợ', 'zalo'];
const JOBS = ['Trưởng phòng mua hàng', 'Giám đốc', 'Kế toán trưởng', 'Nhân viên kinh doanh'];
const TAGS = ['vip', 'camera', 'ezviz', 'hà-nội', 'miền-nam', 'gọi-lại'];

/** One lead in twenty has the e-mail of an earlier one. */
const REPEATED = 0.05;

export function emailOf(number: number): string {
  return `khach.hang.${number}@example.vn`;
}

/** The fields of the lead with this number, as a web form would send them. */
export function madeUpFields(random: Random, number: number): JsonObject {
  const known = number > 0 && random.chance(REPEATED) ? random.below(number) : number;
  const organisation = `${random.pick(FORMS)} ${random.pick(TRADES)} ${number}`;
  return {
    familyName: `${random.pick(FAMILIES)} ${random.pick(MIDDLES)}`,
    givenName: random.pick(GIVENS),
    email: emailOf(known),
    phones: [`09${String(10_000_000 + random.below(89_999_999))}`],
    ...(random.chance(0.7) && { organisation }),
    ...(random.chance(0.5) && { jobTitle: random.pick(JOBS) }),
    ...(random.chance(0.3) && {
      address: {
        street: `${random.below(400) + 1} ${random.pick(STREETS)}`,
        city: random.pick(CITIES),
        country: 'VN',
      },
    }),
    source: random.pick(SOURCES),
    need: `Camera cho ${random.below(40) + 1} phòng, lắp trong tháng ${random.below(12) + 1}`,
  };
}

export function madeUpTags(random: Random): readonly string[] {
  return random.chance(0.4) ? [random.pick(TAGS)] : [];
}
