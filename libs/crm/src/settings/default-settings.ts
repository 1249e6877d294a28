import type { SettingsCommand } from './settings-commands.js';

/**
 * What a first start sets up: one pipeline for leads and one for opportunities, named as their first users name them, and
 * names for what is shown by its name alone.
 */
export function defaultSettingsCommands(): readonly SettingsCommand[] {
  return [
    {
      kind: 'define-pipeline',
      pipelineId: 'leads',
      recordType: 'lead',
      name: 'Leads',
      stages: [
        { id: 'new', name: 'Mới', probability: 10 },
        { id: 'contacted', name: 'Đã liên hệ', probability: 20 },
        { id: 'qualified', name: 'Đủ điều kiện', probability: 40 },
        {
          id: 'signed-deposit',
          name: 'Ký kết – đặt cọc',
          probability: 80,
          marker: 'signed-deposit',
        },
        { id: 'completed', name: 'Hoàn thành', probability: 100, marker: 'complete-lead' },
        { id: 'lost', name: 'Thất bại', probability: 0, marker: 'lost' },
      ],
    },
    {
      kind: 'define-pipeline',
      pipelineId: 'sales',
      recordType: 'opportunity',
      name: 'Bán hàng',
      stages: [
        { id: 'prospecting', name: 'Tìm kiếm', probability: 10 },
        { id: 'engaging', name: 'Tiếp cận', probability: 30 },
        { id: 'proposal', name: 'Báo giá', probability: 60 },
        { id: 'negotiation', name: 'Đàm phán', probability: 80 },
        { id: 'won', name: 'Thành công', probability: 100, marker: 'won' },
        { id: 'lost', name: 'Thất bại', probability: 0, marker: 'lost' },
      ],
    },
    { kind: 'set-required-fields', recordType: 'account', fields: ['name'] },
    { kind: 'set-required-fields', recordType: 'opportunity', fields: ['name'] },
  ];
}
