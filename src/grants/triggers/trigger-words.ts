import type { TriggerEvent, TriggerUnit } from './trigger.rules.js';

/** What an instalment falls due after, as a choice says it. */
export const eventNames: Record<TriggerEvent, string> = {
  award: 'The award',
  reportAccepted: 'A report is accepted',
  documentReceived: 'A document has come',
  matchMoneyRaised: 'Other money is raised',
  decisionPassed: 'A decision is passed',
};

export const unitNames: Record<TriggerUnit, string> = {
  days: 'days',
  workingDays: 'working days',
  months: 'months',
};
