import { heldForBondsSql } from '../../../ledger/chart-of-accounts.js';
import type { Day } from '../../../maths/day.js';
import type { Tx } from '../../../platform/database/tx.js';
import { notFound } from '../../../platform/errors/domain-error.js';
import { type Bond, partiesOf, signedTerms } from '../../contracts/bonds.read.js';
import type { BondTerms } from '../../contracts/bond-terms.js';
import {
  type BondBalances,
  closeOut,
  type ClosingFigures,
  type ClosingState,
  type KeptClosing,
  type SurplusHolder,
} from './closing.rules.js';

/** A closing that was asked for. Minor units. */
export interface BondClosing {
  id: string;
  coalitionId: string;
  bondId: string;
  bond: string;
  poolId: string;
  closedOn: Day;
  reason: string;
  surplus: bigint;
  lost: bigint;
  currency: string;
  working: KeptClosing;
  state: ClosingState;
  approvalId: string;
  madeBy: string;
  madeAt: Date;
  entryId: string | null;
}

const closings = `
  SELECT c.id, c.coalition_id AS "coalitionId", c.bond_id AS "bondId", b.reference AS bond, c.pool_id AS "poolId",
    c.closed_on AS "closedOn", c.reason, c.surplus, c.lost, c.currency, c.working, c.state, c.approval_id AS "approvalId",
    p.name AS "madeBy", c.made_at AS "madeAt", c.entry_id AS "entryId"
  FROM bond_closings c JOIN bonds b ON b.id = c.bond_id JOIN persons p ON p.id = c.made_by`;

/** @throws notFound */
export async function readClosing(tx: Tx, closingId: string): Promise<BondClosing> {
  const closing = await tx.row<BondClosing>(`${closings} WHERE c.id = $1`, [closingId]);
  if (!closing) throw notFound('closing of a bond');
  return closing;
}

/** The newest one, whatever became of it. */
export const lastClosing = (tx: Tx, bondId: string): Promise<BondClosing | undefined> =>
  tx.row<BondClosing>(`${closings} WHERE c.bond_id = $1 ORDER BY c.made_at DESC LIMIT 1`, [bondId]);

/** How a bond would end, were it closed as its accounts stand. */
export async function closingFigures(tx: Tx, bond: Bond): Promise<ClosingFigures> {
  const { terms } = await signedTerms(tx, bond.id);
  return closeOut(await balancesOf(tx, bond.id), terms.surplus, await holdersOf(tx, bond, terms));
}

async function balancesOf(tx: Tx, bondId: string): Promise<BondBalances> {
  const rows = await tx.rows<{ kind: string; subjectId: string; balance: bigint }>(
    `SELECT a.kind, a.subject_id AS "subjectId", abs(a.balance) AS balance FROM accounts a
     WHERE a.kind IN (${heldForBondsSql})
       AND (a.subject_id = $1 OR a.subject_id IN (SELECT id FROM bond_parties WHERE bond_id = $1))`,
    [bondId],
  );
  const of = (kind: string, subjectId: string) =>
    rows.find((row) => row.kind === kind && row.subjectId === subjectId)?.balance ?? 0n;
  const investors = (await partiesOf(tx, bondId)).filter(({ role }) => role === 'investor');
  return {
    proceeds: of('bondProceeds', bondId),
    cost: of('programmeCost', bondId),
    investors: investors.map(({ id: partyId, name: investor }) => ({
      ...{
        partyId,
        investor,
        capital: of('investorCapital', partyId),
        income: of('investorReturn', partyId),
      },
    })),
  };
}

/** The payers, with what each has paid; or whom the contract names. In the order of the terms, payers of earlier ones last. */
async function holdersOf(tx: Tx, bond: Bond, terms: BondTerms): Promise<SurplusHolder[]> {
  const { surplus } = terms;
  const named = surplus.rule === 'shares' ? surplus.shares : terms.payers;
  const order = named.map(({ organisationId }) => organisationId);
  const rows = await tx.rows<SurplusHolder>(
    `SELECT o.id AS "organisationId", o.name, coalesce((SELECT sum(i.received) FROM outcome_invoices i
         JOIN bond_parties y ON y.id = i.party_id WHERE i.bond_id = $1 AND y.organisation_id = o.id), 0)::bigint AS paid
     FROM organisations o WHERE o.coalition_id = $3 AND (o.id = ANY ($2::uuid[]) OR ($4 AND EXISTS (
       SELECT 1 FROM bond_parties y WHERE y.bond_id = $1 AND y.role = 'payer' AND y.organisation_id = o.id)))`,
    [bond.id, order, bond.coalitionId, surplus.rule === 'payersByPaid'],
  );
  const placeOf = ({ organisationId }: SurplusHolder) =>
    order.includes(organisationId) ? order.indexOf(organisationId) : order.length;
  return rows.sort((a, b) => placeOf(a) - placeOf(b) || (a.organisationId < b.organisationId ? -1 : 1));
}

/** The last day on which something happened to the money of a bond; null before anything did. */
export async function lastMoveOf(tx: Tx, bondId: string): Promise<Day | null> {
  const row = await tx.row<{ on: Day | null }>(
    `SELECT max(e.occurred_on) AS "on" FROM accounts a JOIN postings p ON p.account_id = a.id
     JOIN journal_entries e ON e.id = p.entry_id
     WHERE a.kind IN (${heldForBondsSql})
       AND (a.subject_id = $1 OR a.subject_id IN (SELECT id FROM bond_parties WHERE bond_id = $1))`,
    [bondId],
  );
  return row!.on;
}
