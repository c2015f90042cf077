import { sum } from '../money.js';
import type { Pool } from './pooled-threshold.js';
import type { Part } from './rate-card.js';

/**
 * All that a later claim needs to know of the earlier ones. It is never stored: whoever pays a claim replays those
 * before it. Amounts in minor units, net of every cap.
 */
export interface Tally {
  /** The people counted so far, by metric. */
  readonly counted: Map<string, Set<string>>;
  /** What came of thresholds that have a fallback, by metric. */
  readonly pools: Map<string, Pool>;
  /** Money for each person, over all metrics. */
  readonly people: Map<string, bigint>;
  /** Money of each line of the rate card, by metric. */
  readonly lines: Map<string, bigint>;
  /** Money of each period; a period that has appeared is here. */
  readonly periods: Map<string, bigint>;
  bond: bigint;
  /** What each payer pays. */
  readonly payers: Map<string, bigint>;
  /** What a period cap trimmed and the next period claims again, by metric, in the order in which it was first trimmed. */
  readonly carried: Map<string, Part[]>;
}

/** The tally before the first claim. */
export function emptyTally(): Tally {
  return {
    counted: new Map(),
    pools: new Map(),
    people: new Map(),
    lines: new Map(),
    periods: new Map(),
    bond: 0n,
    payers: new Map(),
    carried: new Map(),
  };
}

/** Adds an amount to what stands under a key. */
export function add<Key>(totals: Map<Key, bigint>, key: Key, amount: bigint): void {
  totals.set(key, (totals.get(key) ?? 0n) + amount);
}

/** The sum of parts, in minor units. */
export function totalOf(parts: readonly Part[]): bigint {
  return sum(parts.map(({ amount }) => amount));
}

/** The parts of each person as one, in the order in which the people come first; parts of nothing are left out. */
export function mergeParts(parts: readonly Part[]): Part[] {
  const merged = new Map<string | null, bigint>();
  for (const { person, amount } of parts) add(merged, person, amount);
  return [...merged].filter(([, amount]) => amount > 0n).map(([person, amount]) => ({ person, amount }));
}
