import type { Random } from '../../../apps/cli/src/demo/random.js';
import { FAMILY_NAMES, type Gender, MIDDLE_NAMES } from '../../../apps/cli/src/demo/vietnamese.js';
import { FOREIGN_NAMES } from './foreign-names.js';

export interface PersonName {
  readonly gender: Gender;
  readonly family: string;
  /** Empty for none. */
  readonly middle: string;
  readonly given: string;
  /** What friends call them, where that is another name. */
  readonly nickname?: string;
  readonly foreign: boolean;
}

/** How many of a hundred people in a Vietnamese sales team's book have no Vietnamese name. */
const FOREIGN = 0.08;

/** Given names, the most common first: each is as common as one over its place (Zipf), as name registers of most countries show. */
const GIVEN_NAMES: Readonly<Record<Gender, readonly string[]>> = {
  female: [
    ...['Anh', 'Hương', 'Trang', 'Linh', 'Hà', 'Lan', 'Thảo', 'Hằng', 'Huyền', 'Hoa'],
    ...['Nga', 'Thủy', 'Nhung', 'Hạnh', 'Phương', 'Mai', 'Ngọc', 'Yến', 'Loan', 'Vân'],
    ...['Dung', 'Hiền', 'Thu', 'Oanh', 'Ngân', 'Quỳnh', 'Trâm', 'Như', 'Vy', 'Nhi', 'My'],
    ...['Uyên', 'Tuyết', 'Thúy', 'Liên', 'Hồng', 'Châu', 'Giang', 'Tâm', 'Thanh', 'Xuân'],
    ...['Diệp', 'Phượng', 'Bích', 'Duyên', 'Hoà', 'Lý', 'Trinh', 'Thùy', 'Ánh', 'Minh'],
    ...['Nguyệt', 'Thơ', 'Trúc', 'Hậu', 'Quyên', 'Sương', 'Khánh', 'An', 'Diễm'],
  ],
  male: [
    ...['Hùng', 'Tuấn', 'Dũng', 'Anh', 'Minh', 'Nam', 'Hải', 'Long', 'Sơn', 'Cường'],
    ...['Thắng', 'Đức', 'Hoàng', 'Trung', 'Thành', 'Huy', 'Quang', 'Tùng', 'Bình'],
    ...['Hiếu', 'Kiên', 'Đạt', 'Phong', 'Việt', 'Quân', 'Khoa', 'Bảo', 'Tú', 'Linh'],
    ...['Toàn', 'Lâm', 'Vinh', 'Hưng', 'Phúc', 'Tâm', 'Thịnh', 'Duy', 'Mạnh', 'Nghĩa'],
    ...['Khánh', 'Trường', 'Tân', 'Hòa', 'Lộc', 'Khương', 'Giang', 'Hà', 'An', 'Thái'],
    ...['Phát', 'Khải', 'Chiến', 'Công', 'Quý', 'Tiến', 'Nhân', 'Vũ', 'Thuận', 'Khiêm'],
    ...['Triết'],
  ],
};

export function makeName(random: Random): PersonName {
  const gender = random.chance(0.5) ? 'female' : 'male';
  if (random.chance(FOREIGN)) {
    const { family, given } = FOREIGN_NAMES;
    const [name, nickname] = random.pick(given[gender]);
    return {
      gender,
      family: random.pick(family),
      middle: '',
      given: name,
      nickname,
      foreign: true,
    };
  }
  const [middle, given] = [
    random.weighted(MIDDLE_NAMES[gender]),
    zipf(GIVEN_NAMES[gender], random),
  ];
  return { gender, family: familyName(random), middle, given, foreign: false };
}

export function familyName(random: Random): string {
  return random.weighted(FAMILY_NAMES);
}

/** Picks the item in place n with a weight of 1 / (n + 5): flattened, since no given name is as common as a fifth. */
export function zipf<Item>(items: readonly Item[], random: Random): Item {
  return random.weighted(items.map((item, place) => [item, 1 / (place + 6)] as const));
}

/** Names in the order in which Vietnamese stand: family, middle, given. */
export function words({ family, middle, given }: PersonName): readonly string[] {
  return [family, middle, given].filter((word) => word !== '');
}
