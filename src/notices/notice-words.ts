import { letterKinds, type MailDelivery, type MailTopic } from '../platform/mail/letter-kinds.js';
import type { ChoosableTopic } from './preferences/preferences.dto.js';

/** What letters are about, as a reader calls it. */
export const topicWords: Record<MailTopic, string> = {
  account: 'Account',
  decisions: 'Decisions',
  pledges: 'Pledges and the pool',
  payments: 'Approvals and payments',
  goals: 'Goals and readings',
  bonds: 'Outcome bonds',
  reports: 'Spend reports',
  learning: 'Learning and the toolkit',
  financeReports: 'Finance reports',
};

export const deliveryWords: Record<MailDelivery, string> = {
  now: 'A mail at once',
  daily: 'One mail a day',
  weekly: 'One mail a week',
  inbox: 'No mail, in the inbox only',
};

/** What of a topic comes at once all the same. */
export const essentialWords: Record<ChoosableTopic, string> = {
  reports: 'A report that was returned, or that stays overdue, always comes at once.',
  pledges: 'A funding cliff always comes at once.',
  payments: 'A new bank account always comes at once.',
  learning: 'What waits to be published.',
  goals: 'Readings that are due.',
  decisions: 'A vote that opens always comes at once.',
  bonds: 'Invoices and calls of capital that are due.',
};

/** The kinds of letter of a topic. */
export const kindsOf = (topic: MailTopic): string[] =>
  Object.entries(letterKinds).flatMap(([kind, facts]) => (facts.topic === topic ? [kind] : []));
