import type { GrantMode, ReportingFrequency } from './grant.rules.js';

/** What the modes of a grant are called on pages, `outcome` being one that other rooms make. */
export const modeNames: Record<string, string> = {
  flexible: 'Flexible',
  earmarked: 'Earmarked',
  outcome: 'Outcome',
};

/** What a mode means for the partner, in a sentence. */
export const modeNotes: Record<GrantMode, string> = {
  flexible: 'Core support: the partner decides what it is spent on, and reports by goal.',
  earmarked: 'Restricted to the goals chosen below; how they are reached is the partner’s decision.',
};

export const frequencyNames: Record<ReportingFrequency, string> = {
  monthly: 'Every month',
  quarterly: 'Every quarter',
  halfYearly: 'Every half-year',
  yearly: 'Every year',
  milestone: 'At milestones',
  ownDates: 'On own dates',
};
