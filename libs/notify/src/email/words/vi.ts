import type { Words } from './words.js';

/** Mails in Vietnamese. */
export const VI: Words = {
  noun: {
    ...{ lead: 'tiềm năng', opportunity: 'cơ hội', contact: 'liên hệ', account: 'khách hàng' },
    activity: 'hoạt động',
  },
  named: (noun, name) => `${noun} “${name}”`,
  kinds: {
    'new-opportunity': (what) => `Mới: ${what}`,
    assignment: (what) => `Được giao cho bạn: ${what}`,
    overdue: (what) => `Quá hạn: ${what}`,
    'conversion-owner': (what) => `Đã chuyển đổi, kết quả do bạn phụ trách: ${what}`,
    'conversion-previous-owner': (what) => `Đã chuyển đổi và giao cho người khác: ${what}`,
    'conversion-undone': (what) => `Đã hoàn tác việc chuyển đổi: ${what}`,
    'merge-owner': (what) => `Đã gộp với dữ liệu bạn phụ trách: ${what}`,
    'merge-undone': (what) => `Đã hoàn tác việc gộp: ${what}`,
  },
  greeting: (name) => `Chào ${name},`,
  several: (count) => `Bạn có ${count} thông báo`,
  ending: 'Bạn có thể chọn trong Leadledger những thông báo nào được gửi qua email.',
};
