import type { Day } from '../../maths/day.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import type { HoldReason, InstalmentState } from '../instalment.rules.js';

/** Why an instalment of a suspended grant waits. */
export const grantSuspended: HoldReason = { code: 'grantSuspended', text: 'the grant is suspended' };

/** The reasons to hold an instalment while its grant is suspended: that first, then those that it has already. */
export const heldForSuspension = (reasons: readonly HoldReason[]): HoldReason[] => [
  grantSuspended,
  ...reasons.filter(({ code }) => code !== 'grantSuspended'),
];

interface Slice {
  number: number;
  state: InstalmentState;
}

/** What would be paid next, and waits from the suspension on; what is planned is held when its day comes. */
export const isToBeHeld = ({ state }: Slice): boolean =>
  state === 'due' || state === 'held' || state === 'returned';

/**
 * A payment that is approved is promised to the partner, and may be at the bank: it is not stopped by a suspension.
 * @throws stateForbids, naming the instalments
 */
export function requireNothingApproved(slices: readonly Slice[]): void {
  const approved = slices.filter(({ state }) => state === 'approved' || state === 'inPayment');
  if (approved.length === 0) return;
  const numbers = approved.map(({ number }) => number).join(', ');
  const subject =
    approved.length === 1
      ? `The payment of instalment ${numbers} is`
      : `The payments of instalments ${numbers} are`;
  throw new DomainError(
    'stateForbids',
    `${subject} approved. Settle what is approved, then suspend the grant.`,
  );
}

/**
 * A suspension begins today, or began earlier, and never before the award.
 * @throws ruleBroken naming the day
 */
export function requireSuspensionDay(suspendedOn: Day, awardedOn: Day | null, today: Day): void {
  if (suspendedOn > today) {
    throw fieldError('ruleBroken', '/suspendedOn', 'A suspension begins today, or began earlier.');
  }
  if (awardedOn !== null && suspendedOn < awardedOn) {
    const sentence = `The grant was awarded on ${awardedOn}: it cannot be suspended before that.`;
    throw fieldError('ruleBroken', '/suspendedOn', sentence);
  }
}
