import { formatShortest, parseDecimal } from '../../maths/exact.js';
import type { Tx } from '../../platform/database/tx.js';
import { canonical } from '../../platform/http/once.js';
import { type Bond, partiesOf } from '../contracts/bonds.read.js';
import { linesOf, type OutcomeWorking, readClaim, workingsOf } from './claims.read.js';
import { replayBond } from './replay.js';
import { type KeptWorking, keptWorkings } from './workings.js';

/** Whether what was stored of a verified claim is what it comes to when it is worked out again. */
export interface RecalculatedClaim {
  claimId: string;
  number: number;
  period: number;
  workings: number;
  isEqual: boolean;
  /** "Working 2: net is kept as 1680.00, and comes to 1600.00": empty where all is equal. */
  differences: string[];
}

/** Works every verified claim of a bond out again from what was accepted, and compares it with what was stored. */
export async function recalculate(tx: Tx, bond: Bond): Promise<RecalculatedClaim[]> {
  const payers = (await partiesOf(tx, bond.id)).filter(({ role }) => role === 'payer');
  const { claims } = await replayBond(tx, bond);
  const found: RecalculatedClaim[] = [];
  for (const { claimId, lines } of claims) {
    const { number, period } = await readClaim(tx, claimId);
    const stored = await workingsOf(tx, claimId);
    const lineIds = (await linesOf(tx, claimId)).map(({ id }) => id);
    const differences = differencesOf(stored, keptWorkings(lines, lineIds, payers, bond.currency));
    const isEqual = differences.length === 0;
    found.push({ claimId, number, period, workings: stored.length, isEqual, differences });
  }
  return found;
}

/** What is stored otherwise than it is worked out now, in words. */
export function differencesOf(stored: readonly OutcomeWorking[], again: readonly KeptWorking[]): string[] {
  if (stored.length !== again.length)
    return [`${stored.length} workings are kept, and ${again.length} come about.`];
  return stored.flatMap((working, index) => {
    const [kept, now] = [textsOf(asKept(working)), textsOf(again[index]!)];
    return Object.keys(now)
      .filter((field) => kept[field] !== now[field])
      .map(
        (field) => `Working ${index + 1}: ${field} is kept as ${kept[field]}, and comes to ${now[field]}.`,
      );
  });
}

const asKept = (working: OutcomeWorking): KeptWorking => ({
  ...working,
  shares: working.shares.map(({ partyId, amount, unpaid }) => ({
    ...{ partyId, amount: BigInt(amount), unpaid: BigInt(unpaid) },
  })),
});

/** Each part of a working as one text: "3.50" and "3.5" are the same number, and the order of shares is none of it. */
const textsOf = ({ lineId, metric, accepted, gross, trimmed, net, working, shares }: KeptWorking) =>
  ({
    lineId: String(lineId),
    metric,
    accepted: formatShortest(parseDecimal(accepted)),
    gross: gross.toString(),
    trimmed: canonical(trimmed),
    net: net.toString(),
    working,
    shares: canonical(shares.toSorted((a, b) => (a.partyId < b.partyId ? -1 : 1))),
  }) as Record<string, string>;
