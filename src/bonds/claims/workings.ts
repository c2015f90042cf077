import { formatShortest } from '../../maths/exact.js';
import { sum } from '../../maths/money.js';
import type { PaidLine } from '../../maths/outcomes/outcome-payments.js';
import type { BondParty } from '../contracts/bonds.read.js';
import { type KeptTrim, keepTrims, workingText } from './claim.rules.js';

/** What of a working is kept: how a line came to what it comes to, and who pays it. Minor units. */
export interface KeptWorking {
  /** Null where money of an earlier period is claimed again. */
  lineId: string | null;
  metric: string;
  accepted: string;
  gross: bigint;
  trimmed: KeptTrim[];
  net: bigint;
  working: string;
  /** Of those payers only who pay, or would but for their cap. */
  shares: { partyId: string; amount: bigint; unpaid: bigint }[];
}

/** What is kept of a claim that was paid: `lineIds` are its lines in their order. */
export function keptWorkings(
  paid: readonly PaidLine[],
  lineIds: readonly string[],
  payers: readonly BondParty[],
  currency: string,
): KeptWorking[] {
  const left = [...lineIds];
  return paid.map((line) => ({
    // Lines of what was carried forward have no outcome of this claim.
    lineId: line.working === null ? null : (left.shift() ?? null),
    metric: line.metric,
    accepted: formatShortest(line.accepted),
    gross: line.gross,
    trimmed: keepTrims(line.trimmed, currency),
    net: line.net,
    working: workingText(line, currency),
    shares: payers
      .map((party) => ({
        partyId: party.id,
        amount: shareOf(party, line.shares),
        unpaid: shareOf(party, line.unpaid),
      }))
      .filter(({ amount, unpaid }) => amount > 0n || unpaid > 0n),
  }));
}

/** What a payer is asked for in all. Minor units. */
export const payableBy = (party: BondParty, paid: readonly PaidLine[]): bigint =>
  sum(paid.map(({ shares }) => shareOf(party, shares)));

const shareOf = ({ organisationId }: BondParty, shares: PaidLine['shares']): bigint =>
  sum(shares.filter(({ payer }) => payer === organisationId).map(({ amount }) => amount));
