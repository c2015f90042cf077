/** What letters are about. A person says of each topic how they want to hear of it. */
export const mailTopics = [
  'account',
  'decisions',
  'pledges',
  'payments',
  'goals',
  'bonds',
  'reports',
  'learning',
  'financeReports',
] as const;
export type MailTopic = (typeof mailTopics)[number];

/** How a person hears of a topic: by a mail at once, by one mail for a day or a week, or in the inbox alone. */
export const mailDeliveries = ['now', 'daily', 'weekly', 'inbox'] as const;
export type MailDelivery = (typeof mailDeliveries)[number];

interface LetterKindFacts {
  topic: MailTopic;
  /** Sent by mail at once, whatever the reader prefers: it cannot wait, or nobody may keep it from them. */
  isEssential?: true;
}

/** Every kind of letter that is written. */
export const letterKinds = {
  'account.invitation': { topic: 'account', isEssential: true },
  'account.newSeat': { topic: 'account', isEssential: true },
  'account.newPassword': { topic: 'account', isEssential: true },
  'decision.opened': { topic: 'decisions', isEssential: true },
  'decision.reminder': { topic: 'decisions' },
  'pledge.reminder': { topic: 'pledges' },
  'pool.cliff': { topic: 'pledges', isEssential: true },
  'payments.bankAccount': { topic: 'payments', isEssential: true },
  'approval.waiting': { topic: 'payments' },
  'condition.reminder': { topic: 'payments' },
  'reading.reminder': { topic: 'goals' },
  'outcomeInvoice.reminder': { topic: 'bonds' },
  'drawdownCall.reminder': { topic: 'bonds' },
  'reporting.reminder': { topic: 'reports' },
  'reporting.escalation': { topic: 'reports', isEssential: true },
  'reporting.returned': { topic: 'reports', isEssential: true },
  'toolkit.waiting': { topic: 'learning' },
  financeReport: { topic: 'financeReports', isEssential: true },
  'financeReport.alarm': { topic: 'financeReports', isEssential: true },
  'financeReport.failed': { topic: 'financeReports', isEssential: true },
  'financeReport.refused': { topic: 'financeReports', isEssential: true },
  'mail.digest': { topic: 'account', isEssential: true },
} as const satisfies Record<string, LetterKindFacts>;
export type LetterKind = keyof typeof letterKinds;

export const isEssential = (kind: LetterKind): boolean => 'isEssential' in letterKinds[kind];
