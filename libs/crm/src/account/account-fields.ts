import type { FieldDefinition } from '../record/field.js';

/** PRODUCT.md P1 "Account": a customer organisation. */
export const ACCOUNT_FIELDS = [
  {
    name: 'name',
    type: 'text',
    label: { en: 'Name', vi: 'Tên khách hàng' },
    personal: false,
    example: 'Công ty TNHH Minh Phát',
  },
  {
    name: 'taxCode',
    type: 'text',
    label: { en: 'Tax code', vi: 'Mã số thuế' },
    personal: false,
    example: '0312345678',
  },
  {
    name: 'email',
    type: 'email',
    label: { en: 'E-mail', vi: 'Email' },
    personal: true,
    example: 'lienhe@minhphat.example.vn',
  },
  {
    name: 'phones',
    type: 'phones',
    label: { en: 'Phones', vi: 'Điện thoại' },
    personal: true,
    example: ['028 3822 1234'],
  },
  {
    name: 'website',
    type: 'url',
    label: { en: 'Website', vi: 'Website' },
    personal: false,
    example: 'https://minhphat.example.vn',
  },
  {
    name: 'address',
    type: 'address',
    label: { en: 'Address', vi: 'Địa chỉ' },
    personal: true,
    example: {
      street: '12 Lê Lợi',
      district: 'Quận 1',
      city: 'Thành phố Hồ Chí Minh',
      country: 'VN',
    },
  },
  {
    name: 'source',
    type: 'text',
    label: { en: 'Source', vi: 'Nguồn gốc' },
    personal: false,
    example: 'Website',
  },
  {
    name: 'description',
    type: 'longText',
    label: { en: 'Description', vi: 'Mô tả' },
    personal: true,
    example: 'Ba cửa hàng ở Quận 1.',
  },
  {
    name: 'externalId',
    type: 'text',
    label: { en: 'External id', vi: 'Mã bên ngoài' },
    personal: false,
    example: 'KH-0001',
  },
] as const satisfies readonly FieldDefinition[];
