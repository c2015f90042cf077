import type { Day } from '../../../maths/day.js';
import { type DecimalLike, parseDecimal, powerOfTen } from '../../../maths/exact.js';
import { sum } from '../../../maths/money.js';

/** A planned part of a pledge, and what has come of it. Minor units of the pledge's currency. */
export interface PlannedPart {
  dueOn: Day;
  amount: bigint;
  received: bigint;
}

/** What is still to come of a part, in the pledge's currency, and at its planning rate in the pool's. */
export interface OpenPart {
  dueOn: Day;
  open: bigint;
  inPool: bigint;
}

/**
 * What was still to come of a pledge, part by part, when the ledger said that `open` was. Parts tell what had come of
 * them where that adds up to it; of another day, what had come by then met the oldest parts first.
 *
 * At the planning rate each part is what it adds to those before it, rounded down: together they are the whole to the
 * minor unit, as where a pledge is planned.
 *
 * @param factor minor units of the pool for one of the pledge
 */
export function openParts(parts: readonly PlannedPart[], open: bigint, factor: DecimalLike): OpenPart[] {
  const ordered = parts.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
  const asTold = ordered.map(({ amount, received }) => amount - received);
  const opens = sum(asTold) === open ? asTold : oldestFirst(ordered, open);
  const { units, scale } = parseDecimal(factor);
  const inPool = (minor: bigint) => (minor * units) / powerOfTen(scale);
  let upTo = 0n;
  return ordered.flatMap(({ dueOn }, index) => {
    const before = upTo;
    upTo += opens[index]!;
    return opens[index] === 0n ? [] : { dueOn, open: opens[index]!, inPool: inPool(upTo) - inPool(before) };
  });
}

function oldestFirst(parts: readonly PlannedPart[], open: bigint): bigint[] {
  let come = sum(parts.map(({ amount }) => amount)) - open;
  return parts.map(({ amount }) => {
    const met = come < 0n ? 0n : come < amount ? come : amount;
    come -= met;
    return amount - met;
  });
}
