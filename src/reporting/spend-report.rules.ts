import { addDays, type Day, daysBetween } from '../maths/day.js';
import { sum } from '../maths/money.js';
import { DomainError, fieldError } from '../platform/errors/domain-error.js';
import type { Access } from '../platform/http/request.js';
import type { SpendReportState } from './spend-report.entity.js';

/** What a report says of the money, in minor units. What follows from an opening that is not known yet is null. */
export interface Balance {
  /** What the report before closed with. */
  opening: bigint | null;
  received: bigint;
  spent: bigint;
  /** opening + received − spent: what is unspent, and carried into the next report. */
  closing: bigint | null;
}

/** A balance from its parts. */
export function balanceOf(
  opening: bigint | null,
  payments: readonly { amount: bigint }[],
  lines: readonly { amount: bigint }[],
): Balance {
  const received = sum(payments.map(({ amount }) => amount));
  const spent = sum(lines.map(({ amount }) => amount));
  return { opening, received, spent, closing: opening === null ? null : opening + received - spent };
}

const steps = {
  save: { from: ['draft', 'returned'], done: 'changed' },
  submit: { from: ['draft', 'returned'], done: 'submitted' },
  return: { from: ['submitted'], done: 'returned' },
  accept: { from: ['submitted'], done: 'accepted' },
} as const satisfies Record<string, { from: readonly SpendReportState[]; done: string }>;

export type SpendReportStep = keyof typeof steps;

export const mayTake = (state: SpendReportState, step: SpendReportStep): boolean =>
  (steps[step].from as readonly SpendReportState[]).includes(state);

/** @throws stateForbids, naming the state and what it would allow */
export function requireStep(state: SpendReportState, step: SpendReportStep): void {
  if (mayTake(state, step)) return;
  const allowed = (Object.keys(steps) as SpendReportStep[]).filter((one) => mayTake(state, one));
  const next = allowed.length
    ? `It can be ${allowed.map((one) => steps[one].done).join(' or ')}.`
    : 'It stays so.';
  throw new DomainError('stateForbids', `A report that is ${state} cannot be ${steps[step].done}. ${next}`);
}

/** The report of the same grant just before or after. */
export interface Neighbour {
  state: SpendReportState;
  /** Its period, in words. */
  period: string;
  closing: bigint | null;
}

const isFrozen = ({ state }: Neighbour): boolean => state === 'submitted' || state === 'accepted';

/** What the next report opens with: 0 for the first, null while the one before is not handed in. */
export function openingAfter(previous: Neighbour | null): bigint | null {
  if (previous === null) return 0n;
  return isFrozen(previous) ? previous.closing : null;
}

/** What is about to be submitted. */
export interface Submission extends Balance {
  periodTo: Day;
  story: string;
  previous: Neighbour | null;
}

/** Why a report cannot be handed in yet, whatever it says; null when its time has come. */
export function whyNotYet(
  { opening, previous, periodTo }: Pick<Submission, 'opening' | 'previous' | 'periodTo'>,
  today: Day,
  showDay: (day: Day) => string,
): string | null {
  if (today < periodTo) return `The period ends on ${showDay(periodTo)}: submit it from then on.`;
  if (opening !== null || previous === null) return null;
  return `Submit the report for ${previous.period} first: this one opens with what that one closes with.`;
}

/**
 * Refuses a report that cannot be handed in: before its period is over, before the report it carries on from,
 * without a story, or with more spent than there was. Reports are handed in one after the other, so that each opens
 * with what the one before closed with.
 * @throws ruleBroken, naming the fields
 */
export function requireSubmittable(
  report: Submission,
  today: Day,
  show: { day: (day: Day) => string; money: (minor: bigint) => string },
): void {
  const { opening, received, spent, closing, story } = report;
  const wait = whyNotYet(report, today, show.day);
  if (wait !== null) throw new DomainError('ruleBroken', wait);
  if (opening !== null && closing !== null && closing < 0n) {
    throw fieldError(
      'ruleBroken',
      '/lines',
      `The report spends ${show.money(-closing)} more than was received: ${show.money(spent)} of ` +
        `${show.money(opening)} carried over and ${show.money(received)} received. Lower the amounts.`,
    );
  }
  if (story === '') {
    throw fieldError('ruleBroken', '/story', 'Tell in a few sentences what the money made possible.');
  }
}

/** A draft is its partner's own until it is handed in; what was submitted once is seen by all who see the report. */
export const mayReadContent = (
  { state, organisationId }: { state: SpendReportState; organisationId: string },
  { organisationIds }: Pick<Access, 'organisationIds'>,
): boolean => (state !== 'draft' && state !== 'withdrawn') || organisationIds.includes(organisationId);

/** @throws makerIsChecker when whoever submitted a report would review it too */
export function requireOtherThanSubmitter(submittedBy: string | null, personId: string | undefined): void {
  if (submittedBy === null || submittedBy !== personId) return;
  throw new DomainError('makerIsChecker', 'You submitted this report, so somebody else must review it.');
}

/** @throws stateForbids while a later report carries this one's closing balance */
export function requireNothingBuiltOn(next: Neighbour | null): void {
  if (next === null || !isFrozen(next)) return;
  throw new DomainError(
    'stateForbids',
    `The report for ${next.period} is ${next.state}, and opens with this one’s closing balance. Return that one first.`,
  );
}

/** @throws stateForbids while the report before is not accepted */
export function requireAcceptedBefore(previous: Neighbour | null): void {
  if (previous === null || previous.state === 'accepted') return;
  throw new DomainError(
    'stateForbids',
    `The report for ${previous.period} is ${previous.state}. Accept that one first: this one opens with its closing balance.`,
  );
}

/** Where a report stands today, as people ask it. */
export const standings = [
  'upcoming',
  'due',
  'overdue',
  'submitted',
  'returned',
  'accepted',
  'superseded',
  'withdrawn',
] as const;
export type Standing = (typeof standings)[number];

const soonDays = 21;

/**
 * `upcoming` until its period is over or its due date comes near, then `due`, and `overdue` after its due date and its grace;
 * what was handed in stands as it is.
 */
export function standingOf(
  {
    state,
    periodTo,
    dueOn,
    lateAfter = dueOn,
  }: { state: SpendReportState; periodTo: Day; dueOn: Day; lateAfter?: Day },
  today: Day,
): Standing {
  if (state !== 'draft') return state;
  if (lateAfter < today) return 'overdue';
  return periodTo < today || dueOn <= addDays(today, soonDays) ? 'due' : 'upcoming';
}

/** Calendar days since a report was due that has not been handed in; 0 otherwise. */
export function daysLate(
  { state, dueOn, lateAfter = dueOn }: { state: SpendReportState; dueOn: Day; lateAfter?: Day },
  today: Day,
): number {
  const isOpen = state === 'draft' || state === 'returned';
  return isOpen && lateAfter < today ? daysBetween(dueOn, today) : 0;
}
