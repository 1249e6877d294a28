/**
 * Providers where anybody gets a mailbox, or once did: what two addresses share behind the `@` says nothing there, and what they
 * share in front of it much. Taken from what each provider offers; all but `fpt.vn`, an internet provider's, are also named by the list
 * free-email-domains 1.12 (npm, MIT).
 */
export const FREE_MAIL: ReadonlySet<string> = new Set([
  ...['gmail.com', 'googlemail.com', 'icloud.com', 'me.com', 'mac.com', 'aol.com'],
  ...['yahoo.com', 'yahoo.com.vn', 'ymail.com', 'rocketmail.com', 'yahoo.fr', 'yahoo.de'],
  ...['yahoo.co.uk', 'yahoo.co.jp', 'yahoo.co.in', 'yahoo.com.sg', 'yahoo.com.au', 'yahoo.ca'],
  ...['hotmail.com', 'outlook.com', 'outlook.com.vn', 'live.com', 'msn.com', 'hotmail.fr'],
  ...['hotmail.de', 'hotmail.co.uk', 'outlook.fr', 'outlook.de', 'live.fr'],
  ...['vnn.vn', 'fpt.vn', 'proton.me', 'protonmail.com', 'pm.me', 'zoho.com', 'zohomail.com'],
  ...['mail.com', 'fastmail.com', 'gmx.com', 'gmx.net', 'gmx.de', 'web.de', 't-online.de'],
  ...['freenet.de', 'orange.fr', 'wanadoo.fr', 'free.fr', 'laposte.net', 'sfr.fr', 'libero.it'],
  ...['mail.ru', 'bk.ru', 'list.ru', 'inbox.ru', 'rambler.ru', 'yandex.ru', 'yandex.com'],
  ...['qq.com', '163.com', '126.com', 'sina.com', 'foxmail.com', 'naver.com', 'hanmail.net'],
  ...['daum.net', 'nate.com', 'comcast.net', 'verizon.net', 'att.net', 'btinternet.com'],
  ...['bigpond.com', 'rediffmail.com'],
]);

/** Where businesses have a page among others: such an address tells no more than a free mailbox does. */
export const SHARED_SITES: ReadonlySet<string> = new Set([
  ...['facebook.com', 'fb.com', 'm.facebook.com', 'zalo.me', 'youtube.com', 'tiktok.com'],
  ...['instagram.com', 'linkedin.com', 'shopee.vn', 'lazada.vn', 'tiki.vn', 'sendo.vn'],
  ...['sites.google.com', 'google.com', 'trangvangvietnam.com', 'masothue.com'],
]);

/** Mailboxes of a task, not of a person, in English (RFC 2142 and custom) and Vietnamese. */
export const ROLE_MAILBOXES: ReadonlySet<string> = new Set([
  ...['info', 'infor', 'contact', 'contacts', 'contactus', 'hello', 'office', 'admin', 'mail'],
  ...['administrator', 'webmaster', 'postmaster', 'hostmaster', 'noreply', 'donotreply', 'root'],
  ...['sale', 'sales', 'salesteam', 'marketing', 'support', 'service', 'services', 'help'],
  ...['helpdesk', 'customerservice', 'customercare', 'care', 'billing', 'accounting', 'account'],
  ...['accounts', 'invoice', 'purchase', 'purchasing', 'order', 'orders', 'booking', 'hr', 'jobs'],
  ...[
    'recruitment',
    'tuyendung',
    'nhansu',
    'hanhchinh',
    'lienhe',
    'kinhdoanh',
    'banhang',
    'muahang',
  ],
  ...[
    'ketoan',
    'hoadon',
    'hoadondientu',
    'cskh',
    'chamsockhachhang',
    'hotro',
    'kythuat',
    'vanphong',
  ],
  ...['giamdoc', 'congty', 'vattu', 'xuatnhapkhau', 'duan', 'baohanh', 'dathang', 'tuvan'],
]);
