import type { Words } from './words.js';

/** Mails in English. */
export const EN: Words = {
  noun: {
    ...{ lead: 'lead', opportunity: 'opportunity', contact: 'contact', account: 'account' },
    activity: 'activity',
  },
  named: (noun, name) => `${noun} “${name}”`,
  kinds: {
    'new-opportunity': (what) => `New: ${what}`,
    assignment: (what) => `Assigned to you: ${what}`,
    overdue: (what) => `Overdue: ${what}`,
    'conversion-owner': (what) => `Converted, and you own what came of it: ${what}`,
    'conversion-previous-owner': (what) => `Converted, and handed over to somebody else: ${what}`,
    'conversion-undone': (what) => `Conversion undone: ${what}`,
    'merge-owner': (what) => `Merged with what is yours: ${what}`,
    'merge-undone': (what) => `Merge undone: ${what}`,
  },
  greeting: (name) => `Hello ${name},`,
  several: (count) => `${count} notices for you`,
  ending: 'You choose in Leadledger what you are told by e-mail.',
};
