import {
  bondProceeds,
  fundBalance,
  investorCapital,
  investorReturn,
  programmeCost,
} from '../../../ledger/chart-of-accounts.js';
import { credit, debit, type EntryDraft, spoken } from '../../../ledger/entry.rules.js';
import type { Day } from '../../../maths/day.js';
import type { PoolOfEntry } from '../../../pools/pool.entries.js';
import type { ClosingFigures } from './closing.rules.js';

export interface ClosedBond {
  closingId: string;
  bondId: string;
  reference: string;
  closedOn: Day;
  figures: ClosingFigures;
}

/**
 * Empties every account of a bond: bond proceeds, and investor capital that is lost ‖ programme cost, investor return, and
 * what is left over to fund balances. No money moves. Minor units.
 */
export const bondClosed = (
  pool: PoolOfEntry,
  { closingId, bondId, reference, closedOn, figures }: ClosedBond,
): EntryDraft => ({
  coalitionId: pool.coalitionId,
  poolId: pool.id,
  currency: pool.currency,
  kind: 'bond.closed',
  description: `Bond ${reference} closed`,
  occurredOn: closedOn,
  idempotencyKey: `bondClosing:${closingId}`,
  document: { kind: 'bondClosing', id: closingId },
  legs: spoken([
    debit(bondProceeds(bondId), figures.proceeds),
    ...figures.investors.map(({ partyId, capital }) => debit(investorCapital(partyId), capital)),
    credit(programmeCost(bondId), figures.cost),
    ...figures.investors.map(({ partyId, income }) => credit(investorReturn(partyId), income)),
    ...figures.shares.map(({ organisationId, amount }) => credit(fundBalance(organisationId), amount)),
  ]),
});
