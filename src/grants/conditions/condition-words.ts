import type { ConditionKind } from './condition.rules.js';

/** What kinds of condition are called, and how each is met. */
export const kindWords: Record<ConditionKind, { label: string; note: string }> = {
  reportAccepted: {
    label: 'A report is accepted',
    note: 'Met by itself when the backbone accepts one that reaches so far.',
  },
  documentReceived: { label: 'A document has come', note: 'Somebody of the backbone or finance says so.' },
  matchMoneyRaised: { label: 'Other money is raised', note: 'Written down as it comes, until it is enough.' },
  decisionPassed: {
    label: 'A decision is passed',
    note: 'By itself when a motion of the coalition passes; of others, somebody says so.',
  },
  date: { label: 'A day has come', note: 'Nothing is paid before it.' },
};
