import { DomainError } from '../platform/errors/domain-error.js';

export const grantStates = [
  'draft',
  'proposed',
  'awarded',
  'active',
  'closing',
  'closed',
  'declined',
  'cancelled',
  'suspended',
] as const;
export type GrantState = (typeof grantStates)[number];

export const grantModes = ['flexible', 'earmarked'] as const;
export type GrantMode = (typeof grantModes)[number];

/** How often a grant asks for a report. */
export const reportingFrequencies = [
  'monthly',
  'quarterly',
  'halfYearly',
  'yearly',
  'milestone',
  'ownDates',
] as const;
export type ReportingFrequency = (typeof reportingFrequencies)[number];

const steps = {
  change: { from: ['draft'], done: 'changed' },
  propose: { from: ['draft'], done: 'proposed' },
  award: { from: ['proposed'], done: 'awarded' },
  decline: { from: ['proposed'], done: 'declined' },
  amend: { from: ['awarded', 'active'], done: 'amended' },
  cancel: { from: ['draft', 'proposed'], done: 'cancelled' },
  suspend: { from: ['awarded', 'active'], done: 'suspended' },
  resume: { from: ['suspended'], done: 'resumed' },
  close: { from: ['awarded', 'active', 'suspended'], done: 'closed' },
  closeMoney: { from: ['closing'], done: 'closed for good' },
} as const satisfies Record<string, { from: readonly GrantState[]; done: string }>;

export type GrantStep = keyof typeof steps;

/** The steps that a grant in this state may take next. */
export const stepsFrom = (state: GrantState): GrantStep[] =>
  (Object.keys(steps) as GrantStep[]).filter((step) =>
    (steps[step].from as readonly string[]).includes(state),
  );

/** @throws stateForbids, naming the state and what it would allow */
export function requireStep(state: GrantState, step: GrantStep): void {
  const allowed = stepsFrom(state);
  if (allowed.includes(step)) return;
  const next =
    allowed.length > 0 ? `It can be ${allowed.map((one) => steps[one].done).join(' or ')}.` : 'It stays so.';
  throw new DomainError('stateForbids', `A grant that is ${state} cannot be ${steps[step].done}. ${next}`);
}

/** @throws makerIsChecker when whoever proposed a grant would award or decline it too */
export function requireOtherThanProposer(proposedBy: string | null, personId: string | undefined): void {
  if (proposedBy === null || proposedBy !== personId) return;
  throw new DomainError('makerIsChecker', 'You proposed this grant, so somebody else must decide on it.');
}
