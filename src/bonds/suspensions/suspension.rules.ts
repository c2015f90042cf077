import { parseDecimal } from '../../maths/exact.js';
import { addDays, type Day } from '../../maths/day.js';
import { type Payer, type Share, splitNet } from '../../maths/outcomes/payer-split.js';
import type { TermPeriod } from '../../maths/term-periods.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import type { BondTerms } from '../contracts/bond-terms.js';

export const suspensionStates = ['asked', 'approved', 'rejected'] as const;
export type SuspensionState = (typeof suspensionStates)[number];

/** Who pays a suspension's schedule, and by what weight, a decimal. */
export interface SubstitutePayer {
  organisationId: string;
  weight: string;
}

/** A window, both days of it in it. */
export interface Window {
  fromOn: Day;
  toOn: Day;
}

/**
 * The periods that a window takes out: those that begin in it. A period that had begun before is claimed as ever, and
 * so is the first that begins after it.
 */
export const suspendedPeriods = (periods: readonly TermPeriod[], { fromOn, toOn }: Window): TermPeriod[] =>
  periods.filter(({ from }) => from >= fromOn && from <= toOn);

/** Refuses a claim for a period in which outcomes are not paid for. @throws stateForbids */
export function requireNotSuspended(period: { number: number; from: Day }, windows: readonly Window[]): void {
  const window = windows.find(({ fromOn, toOn }) => period.from >= fromOn && period.from <= toOn);
  if (!window) return;
  const sentence = `Period ${period.number} begins in the suspension from ${window.fromOn} to ${window.toOn}: it is paid by that schedule, not by outcomes.`;
  throw new DomainError('stateForbids', sentence);
}

export interface SuspensionAsked extends Window {
  payers: readonly SubstitutePayer[];
  instalments: readonly { dueOn: Day }[];
}

/**
 * Refuses a window outside the term, over another, or without a period; payers who are none; instalments outside it.
 * @throws ruleBroken naming the field
 */
export function requireSuspendable(
  asked: SuspensionAsked,
  terms: BondTerms,
  periods: readonly TermPeriod[],
  others: readonly Window[],
): void {
  const { fromOn, toOn } = asked;
  if (toOn < fromOn) throw fieldError('ruleBroken', '/toOn', 'A window ends on its first day or later.');
  if (fromOn < terms.startOn || toOn > terms.endOn) {
    const sentence = `The term runs from ${terms.startOn} to ${terms.endOn}: choose days in it.`;
    throw fieldError('ruleBroken', fromOn < terms.startOn ? '/fromOn' : '/toOn', sentence);
  }
  const over = others.find((other) => other.fromOn <= toOn && other.toOn >= fromOn);
  if (over)
    throw fieldError('ruleBroken', '/fromOn', `It is suspended from ${over.fromOn} to ${over.toOn} already.`);
  if (suspendedPeriods(periods, asked).length === 0)
    throw fieldError('ruleBroken', '/fromOn', 'No period begins in this window, so nothing would change.');
  for (const [index, { organisationId }] of asked.payers.entries()) {
    const isPayer = terms.payers.some((payer) => payer.organisationId === organisationId);
    const isTwice = asked.payers.findIndex((one) => one.organisationId === organisationId) < index;
    if (!isPayer || isTwice) {
      const sentence = isPayer ? 'This payer is named twice.' : 'Choose a payer of this bond.';
      throw fieldError('ruleBroken', `/payers/${index}/organisationId`, sentence);
    }
  }
  if (asked.payers.every(({ weight }) => parseDecimal(weight).units <= 0n))
    throw fieldError('ruleBroken', '/payers', 'Somebody must pay: give one payer a weight at least.');
  const stray = asked.instalments.findIndex(({ dueOn }) => dueOn < fromOn || dueOn > addDays(toOn, 366));
  if (stray >= 0) {
    const sentence = `An instalment is due in the window, or within a year after it.`;
    throw fieldError('ruleBroken', `/instalments/${stray}/dueOn`, sentence);
  }
}

/** What an instalment comes to within the caps of bond and payers, in minor units. */
export interface SubstituteShares {
  shares: Share[];
  invoiced: bigint;
  /** What exceeded which cap; empty where nothing did. */
  note: string;
}

/**
 * Shares an instalment over its payers by their weights (largest remainder), within what is left of the bond's cap and
 * of each payer's. `left` of the bond is null without a cap; `paid` is what each payer was invoiced so far.
 */
export function substituteShares(
  amount: bigint,
  {
    left,
    payers,
    paid,
  }: { left: bigint | null; payers: readonly Payer[]; paid: ReadonlyMap<string, bigint> },
): SubstituteShares {
  const net = left !== null && left < amount ? (left > 0n ? left : 0n) : amount;
  const { shares, unpaid } = splitNet(net, payers, paid);
  const invoiced = shares.reduce((sum, share) => sum + share.amount, 0n);
  const notes = [
    ...(net < amount ? ['the cap of the bond is reached'] : []),
    ...(unpaid.length > 0
      ? [`${unpaid.length === 1 ? 'a payer' : `${unpaid.length} payers`} reached their cap`]
      : []),
  ];
  return { shares, invoiced, note: notes.join('; ') };
}
