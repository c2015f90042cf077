import type { Day } from '../../../maths/day.js';
import { formatAmount } from '../../../maths/money.js';
import { DomainError, type FieldError } from '../../../platform/errors/domain-error.js';

export const pledgeChangeKinds = ['amended', 'cancelled', 'writtenOff'] as const;
export type PledgeChangeKind = (typeof pledgeChangeKinds)[number];

/** An instalment of a pledge as it stands. Minor units. */
export interface StandingInstalment {
  id: string;
  number: number;
  dueOn: Day;
  amount: bigint;
  received: bigint;
}

/** A part of a pledge that is still to come. Minor units. */
export interface ComingPart {
  dueOn: Day;
  amount: bigint;
}

/** A plan as it is kept with a change: amounts in major units, what has come of each instalment beside it. */
export type PlanInWords = { dueOn: Day; amount: string; received: string }[];

/** What becomes of the instalments: what has come stays exactly as it is, what was to come is replaced. */
export interface ChangedPlan {
  /** Instalments of which something came: each is now what has come of it. */
  kept: StandingInstalment[];
  /** Instalments of which nothing came: they are taken away. */
  dropped: StandingInstalment[];
  added: (ComingPart & { number: number })[];
  /** The pledge as a whole, afterwards. */
  amount: bigint;
  /** What was to come before, and what is to come now. */
  openBefore: bigint;
  openAfter: bigint;
}

/**
 * Replaces what is still to come of a pledge. Nothing that has come is touched, lost or counted twice: received and
 * coming together are the new whole. No coming part at all is a pledge that ends with what has come.
 */
export function changePlan(
  standing: readonly StandingInstalment[],
  coming: readonly ComingPart[],
): ChangedPlan {
  const kept = standing
    .filter(({ received }) => received > 0n)
    .map((instalment) => ({ ...instalment, amount: instalment.received }));
  const last = Math.max(0, ...standing.map(({ number }) => number));
  const openAfter = total(coming.map(({ amount }) => amount));
  return {
    kept,
    dropped: standing.filter(({ received }) => received === 0n),
    added: coming.map((part, index) => ({ ...part, number: last + index + 1 })),
    amount: total(kept.map(({ received }) => received)) + openAfter,
    openBefore: total(standing.map(({ amount, received }) => amount - received)),
    openAfter,
  };
}

/**
 * Holds an amendment to itself: parts of more than nothing, due in order, and something changed.
 * @throws ruleBroken naming each wrong field
 */
export function requireAmendment(
  standing: readonly StandingInstalment[],
  coming: readonly ComingPart[],
): void {
  const fields = coming.flatMap(({ dueOn, amount }, index): FieldError[] => {
    const wrong = (field: string, code: string, message: string) => [
      { pointer: `/instalments/${index}/${field}`, code, message },
    ];
    if (amount <= 0n) return wrong('amount', 'notPositive', `Instalment ${index + 1} is more than nothing.`);
    const before = coming[index - 1];
    if (before && dueOn <= before.dueOn)
      return wrong('dueOn', 'notAscending', `Instalment ${index + 1} must be due after the one before it.`);
    return [];
  });
  if (fields.length === 0 && isSame(standing, coming)) {
    const message = 'This is what is expected already. Change a date or an amount.';
    fields.push({ pointer: '/instalments', code: 'unchanged', message });
  }
  const [first] = fields;
  if (first) throw new DomainError('ruleBroken', first.message, fields);
}

/** What is still to come, instalment by instalment. */
export const comingOf = (standing: readonly StandingInstalment[]): ComingPart[] =>
  standing
    .filter(({ amount, received }) => amount > received)
    .map(({ dueOn, amount, received }) => ({ dueOn, amount: amount - received }));

export const planInWords = (
  plan: readonly Pick<StandingInstalment, 'dueOn' | 'amount' | 'received'>[],
  currency: string,
): PlanInWords =>
  plan
    .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))
    .map(({ dueOn, amount, received }) => ({
      dueOn,
      amount: formatAmount(amount, currency),
      received: formatAmount(received, currency),
    }));

function isSame(standing: readonly StandingInstalment[], coming: readonly ComingPart[]): boolean {
  const before = comingOf(standing);
  return (
    before.length === coming.length &&
    before.every(
      ({ dueOn, amount }, index) => dueOn === coming[index]!.dueOn && amount === coming[index]!.amount,
    )
  );
}

const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);
