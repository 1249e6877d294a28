import { EXAMPLE_COMMAND, EXAMPLE_ID, EXAMPLE_INSTANT } from '../http/examples.js';

const CONTACT_ID = '5b1f7c1a-0c55-4f4e-9b8e-5d8f1f6a7c22';
const ACCOUNT_ID = '6e1f9d7c-1b0a-4b56-9a51-0a8f8ba2f0d4';
const CONVERSION_ID = '9a3c1e5d-77d1-5c0f-8a53-2f7b6c9d1e33';

export const EXAMPLE_CONVERSION = {
  ...EXAMPLE_COMMAND,
  conversion: {
    id: CONVERSION_ID,
    at: EXAMPLE_INSTANT,
    by: EXAMPLE_ID,
    case: 1,
    contactId: CONTACT_ID,
    accountId: ACCOUNT_ID,
    actions: { contact: 'create', account: 'create' },
    completed: true,
  },
};

export const EXAMPLE_PREVIEW = {
  leadId: EXAMPLE_ID,
  revision: 1,
  case: 3,
  suggestions: {
    case: 3,
    contact: { action: 'create' },
    account: { action: 'choose', candidates: [ACCOUNT_ID, CONTACT_ID] },
  },
  obstacles: [
    {
      status: 409,
      code: 'choice_needed',
      detail: 'Several accounts match the lead; choose one.',
      errors: [
        { path: 'account.id', code: 'choice_needed', message: 'Choose one of the candidates.' },
      ],
    },
  ],
  warnings: [],
  definitions: [],
  candidates: {
    contactsByEmail: [],
    contactsByName: [],
    accountsByName: [
      {
        id: ACCOUNT_ID,
        type: 'account',
        fields: { name: 'Công ty TNHH Minh Phát' },
        createdAt: EXAMPLE_INSTANT,
        revision: 4,
      },
    ],
    accountsOfContacts: [],
  },
};

const CONTACT = { type: 'contact', id: CONTACT_ID };
const ACCOUNT = { type: 'account', id: ACCOUNT_ID };

export const EXAMPLE_UNDO_PREVIEW = {
  ...{ conversionId: CONVERSION_ID, leadId: EXAMPLE_ID, revision: 3 },
  withdrawn: [CONTACT],
  reverted: [],
  kept: [
    {
      ...{ record: ACCOUNT, reason: 'referred_to' },
      by: [{ type: 'opportunity', id: '9b1c1c8c-2f60-4b6f-9d0c-3b9f2f1f7a44' }],
    },
  ],
  conflicts: [],
  notified: [],
  basis: '3f8e0c1a-6a2b-5f0e-8c53-1d7b6c9d1e35',
};

export const EXAMPLE_UNDONE = {
  ...EXAMPLE_COMMAND,
  conversion: {
    ...EXAMPLE_CONVERSION.conversion,
    undone: {
      ...{ undoId: '7c3a1e5d-77d1-5c0f-8a53-2f7b6c9d1e34', at: EXAMPLE_INSTANT, by: EXAMPLE_ID },
      contact: { action: 'withdraw' },
      account: { action: 'keep', reasons: ['referred_to'] },
      completed: true,
    },
  },
};
