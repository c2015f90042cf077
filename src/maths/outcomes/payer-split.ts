import { allocate } from '../allocate.js';
import { type ExactDecimal, onCommonScale } from '../exact.js';
import { sum } from '../money.js';

/** Who pays for outcomes: by weight, or without one by what is left under the cap (minor units, `null` for none). */
export interface Payer {
  payer: string;
  weight: ExactDecimal | null;
  cap: bigint | null;
}

/** Money of one payer, in minor units. */
export interface Share {
  payer: string;
  amount: bigint;
}

/**
 * Shares a net amount over the payers of its metric: by weight, or by remaining cap (largest remainder, ties to the
 * earlier). `paid` is what each payer paid so far. Nobody pays another's share: what exceeds a payer's headroom is
 * unpaid. Shares and what is unpaid sum to the net; who has nothing is left out. The payers are those that
 * `agreeTerms` lets through: one at least, all with weights that do not sum to zero, or all with caps.
 */
export function splitNet(
  net: bigint,
  payers: readonly Payer[],
  paid: ReadonlyMap<string, bigint>,
): { shares: Share[]; unpaid: Share[] } {
  const owed = allocate(net, proportions(payers, paid));
  const pays = payers.map((payer, index) => {
    const room = headroom(payer, paid);
    return room === null || owed[index]! <= room ? owed[index]! : room;
  });
  const list = (amountAt: (index: number) => bigint): Share[] =>
    payers
      .map(({ payer }, index) => ({ payer, amount: amountAt(index) }))
      .filter(({ amount }) => amount > 0n);
  return { shares: list((index) => pays[index]!), unpaid: list((index) => owed[index]! - pays[index]!) };
}

/** What a payer may still pay, in minor units; `null` without a cap. */
export function headroom({ payer, cap }: Payer, paid: ReadonlyMap<string, bigint>): bigint | null {
  if (cap === null) return null;
  const left = cap - (paid.get(payer) ?? 0n);
  // New terms may set a cap under what was paid by the old ones.
  return left > 0n ? left : 0n;
}

function proportions(payers: readonly Payer[], paid: ReadonlyMap<string, bigint>): bigint[] {
  const equal = payers.map(() => 1n);
  if (payers.length === 1) return equal;
  const weights = payers.flatMap(({ weight }) => weight ?? []);
  if (weights.length > 0) return onCommonScale(weights);
  // With nothing left anywhere, all is unpaid; it is said of each by its whole cap.
  const left = payers.map((payer) => headroom(payer, paid) ?? 0n);
  const caps = payers.map(({ cap }) => cap ?? 0n);
  return [left, caps].find((amounts) => sum(amounts) > 0n) ?? equal;
}
