import type { Day } from '../../maths/day.js';
import { sum } from '../../maths/money.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import type { InstalmentState } from '../instalment.rules.js';

/** The two steps by which a grant ends: first the work, then the money. */
export const closingSteps = ['operational', 'financial'] as const;
export type ClosingStep = (typeof closingSteps)[number];

/** A report of a grant, as far as its closing goes by it. Minor units. */
export interface ClosingReport {
  id: string;
  periodTo: Day;
  state: string;
  /** What was unspent at the end of its period; null until it is handed in. */
  closing: bigint | null;
}

/** An instalment that is not cancelled. */
export interface ClosingSlice {
  number: number;
  amount: bigint;
  state: InstalmentState;
  /** Somebody has asked for its payment, and nobody has said no. */
  isAskedFor: boolean;
}

const isPaid = ({ state }: ClosingSlice): boolean => state === 'paid';

/** What was promised and is cancelled by the operational step. */
export const unpaidOf = (slices: readonly ClosingSlice[]): bigint =>
  sum(slices.filter((slice) => !isPaid(slice)).map(({ amount }) => amount));

/**
 * No payment may be under way when the work is closed: it would be paid of a grant that has ended.
 * @throws stateForbids, naming the instalments
 */
export function requireNothingUnderWay(slices: readonly ClosingSlice[]): void {
  const underWay = slices.filter((slice) => slice.isAskedFor && !isPaid(slice));
  if (underWay.length === 0) return;
  const which = instalmentsText(underWay);
  throw new DomainError(
    'stateForbids',
    `A payment is asked for or under way: ${which}. Settle it, or have it taken back, then close the grant.`,
  );
}

/** @throws stateForbids, naming the instalments that are neither paid nor cancelled */
export function requireNothingUnpaid(slices: readonly ClosingSlice[]): void {
  const unpaid = slices.filter((slice) => !isPaid(slice));
  if (unpaid.length === 0) return;
  throw new DomainError(
    'stateForbids',
    `The bank sent back what is unpaid now: ${instalmentsText(unpaid)}. Pay it, then close the grant.`,
  );
}

const instalmentsText = (slices: readonly ClosingSlice[]): string =>
  `${slices.length === 1 ? 'instalment' : 'instalments'} ${slices.map(({ number }) => number).join(', ')}`;

/** The last report that is asked for, where it is accepted: what a closing may rely on without anybody else. */
export const finalReport = (last: ClosingReport | null): ClosingReport | null =>
  last?.state === 'accepted' ? last : null;

/** Why somebody else must agree to close the work, as a sentence; null where the last report says enough. */
export function whyApproval(last: ClosingReport | null, show: (day: Day) => string): string | null {
  if (finalReport(last) !== null) return null;
  return last === null
    ? 'No report is asked for this grant, so somebody else must agree.'
    : `The last report, until ${show(last.periodTo)}, is not accepted, so somebody else must agree.`;
}

/** The term ends with the work, and never before it began. */
export function termAfter({ startOn, endOn }: { startOn: Day; endOn: Day }, closedOn: Day): Day {
  if (closedOn >= endOn) return endOn;
  return closedOn < startOn ? startOn : closedOn;
}

/**
 * A grant is closed today, or was closed earlier; never before its last payment.
 * @throws ruleBroken naming the day
 */
export function requireClosingDay(closedOn: Day, lastPaidOn: Day | null, today: Day): void {
  if (closedOn > today) {
    throw fieldError('ruleBroken', '/closedOn', 'A grant is closed today, or was closed earlier.');
  }
  if (lastPaidOn !== null && closedOn < lastPaidOn) {
    const sentence = `The last payment was made on ${lastPaidOn}: the grant cannot be closed before that.`;
    throw fieldError('ruleBroken', '/closedOn', sentence);
  }
}

/** The money of a grant whose work is closed. Minor units. */
export interface GrantMoney {
  paid: bigint;
  returned: bigint;
  /** The last report that is asked for, if it is accepted. */
  report: ClosingReport | null;
}

/** What is unspent and has not come back, by the last report; null where no accepted report says. */
export function unspentOf({ report, returned }: GrantMoney): bigint | null {
  if (report === null || report.closing === null) return null;
  return report.closing > returned ? report.closing - returned : 0n;
}

/** How the money of a grant is settled. */
export interface Settlement {
  carriedOver: bigint;
  /** Whether somebody else must agree: money stays with the partner, or no report says that none does. */
  needsApproval: boolean;
}

/**
 * Settles what is unspent: it has come back, or it stays with the partner, all of it and by name. Where no accepted
 * report says what is unspent, whoever closes says so, and somebody else agrees.
 *
 * @param carriedOver what stays with the partner; undefined where nothing was said
 * @param show an amount, as people read it
 * @throws ruleBroken naming the amount
 */
export function settle(
  money: GrantMoney,
  carriedOver: bigint | undefined,
  show: (minor: bigint) => string,
): Settlement {
  const refuse = (sentence: string): never => {
    throw fieldError('ruleBroken', '/carriedOver', sentence);
  };
  const unspent = unspentOf(money);
  const most = money.paid - money.returned;
  if (unspent === null) {
    if (carriedOver === undefined) {
      return refuse(
        'No accepted report says what is unspent: say what stays with the partner, nothing or more.',
      );
    }
    if (carriedOver > most) return refuse(`No more than ${show(most)} is with the partner.`);
    return { carriedOver, needsApproval: true };
  }
  const kept = carriedOver ?? 0n;
  if (kept === unspent) return { carriedOver: kept, needsApproval: kept > 0n };
  if (unspent === 0n) return refuse('Nothing is unspent, so nothing can be carried over.');
  return refuse(`${show(unspent)} is unspent. Record its return first, or carry over exactly that.`);
}
