import type { Day } from '../../maths/day.js';
import { parseAmount } from '../../maths/money.js';
import type { Tx } from '../../platform/database/tx.js';
import { type Bond, partiesOf, signedTerms } from '../contracts/bonds.read.js';

/** What was invoiced under a cap by a day, and what is left of it. Minor units; null without a cap. */
export interface Headroom {
  cap: bigint | null;
  invoiced: bigint;
  received: bigint;
  left: bigint | null;
}

export interface PayerHeadroom extends Headroom {
  partyId: string;
  payerId: string;
  payer: string;
}

export interface BondHeadroom {
  on: Day;
  bond: Headroom;
  payers: PayerHeadroom[];
}

/** What is left under the cap of the bond and of each payer, from what was invoiced by a day. */
export async function bondHeadroom(tx: Tx, bond: Bond, on: Day): Promise<BondHeadroom> {
  const { terms } = await signedTerms(tx, bond.id);
  const paid = await invoicedBy(tx, bond.id, on);
  const cap = (typed: string | null) => (typed === null ? null : parseAmount(typed, bond.currency));
  const payers = (await partiesOf(tx, bond.id))
    .filter(({ role }) => role === 'payer')
    .map((party): PayerHeadroom => {
      const term = terms.payers.find(({ organisationId }) => organisationId === party.organisationId);
      const sums = paid.get(party.id) ?? { invoiced: 0n, received: 0n };
      return {
        partyId: party.id,
        payerId: party.organisationId!,
        payer: party.name,
        ...under(cap(term?.cap ?? null), sums),
      };
    });
  const total = (of: 'invoiced' | 'received') => payers.reduce((sum, payer) => sum + payer[of], 0n);
  return {
    on,
    bond: under(cap(terms.caps.bond), { invoiced: total('invoiced'), received: total('received') }),
    payers,
  };
}

interface Sums {
  invoiced: bigint;
  received: bigint;
}

/** New terms may set a cap under what was invoiced by the old ones: then nothing is left. */
function under(cap: bigint | null, { invoiced, received }: Sums): Headroom {
  const left = cap === null ? null : cap > invoiced ? cap - invoiced : 0n;
  return { cap, invoiced, received, left };
}

async function invoicedBy(tx: Tx, bondId: string, on: Day): Promise<Map<string, Sums>> {
  const rows = await tx.rows<Sums & { partyId: string }>(
    `SELECT i.party_id AS "partyId", sum(i.amount)::bigint AS invoiced, coalesce(sum(r.received), 0)::bigint AS received
     FROM outcome_invoices i LEFT JOIN LATERAL (
       SELECT sum(r.amount) AS received FROM outcome_receipts r
       WHERE r.invoice_id = i.id AND r.received_on <= $2 AND r.reversed_at IS NULL) AS r ON true
     WHERE i.bond_id = $1 AND i.issued_on <= $2 GROUP BY i.party_id`,
    [bondId, on],
  );
  return new Map(rows.map(({ partyId, ...sums }) => [partyId, sums]));
}
