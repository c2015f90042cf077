import type { Day } from '../../maths/day.js';
import { parseAmount, sum } from '../../maths/money.js';
import type { Tx } from '../../platform/database/tx.js';
import { type Bond, partiesOf, signedTerms } from '../contracts/bonds.read.js';

/** What of a cap is used by a day, and what is left of it. Minor units; null without a cap. */
export interface Headroom {
  cap: bigint | null;
  used: bigint;
  left: bigint | null;
}

/** What a payer was invoiced uses its cap up, also where it was cancelled later: the outcomes were verified and counted. */
export interface PayerHeadroom extends Headroom {
  partyId: string;
  payerId: string;
  payer: string;
  received: bigint;
}

/** What verified claims came to uses the cap of a line of the rate card up, whoever pays it. */
export interface LineHeadroom extends Headroom {
  metric: string;
  title: string;
}

export interface BondHeadroom {
  on: Day;
  /**
   * What claims and substitute instalments came to uses the cap of the bond up, also where it exceeds the cap of a payer
   * and so was not invoiced.
   */
  bond: Headroom & { invoiced: bigint; received: bigint };
  payers: PayerHeadroom[];
  lines: LineHeadroom[];
}

/** What is left by a day under the cap of the bond, of each payer and of each line of the rate card. */
export async function bondHeadroom(tx: Tx, bond: Bond, on: Day): Promise<BondHeadroom> {
  const { terms } = await signedTerms(tx, bond.id);
  const invoiced = await invoicedBy(tx, bond.id, on);
  const nets = await netsBy(tx, bond, on);
  const under = (cap: string | null, used: bigint) =>
    headroomOf(cap === null ? null : parseAmount(cap, bond.currency), used);
  const payers = (await partiesOf(tx, bond.id))
    .filter(({ role }) => role === 'payer')
    .map(({ id: partyId, organisationId, name: payer }): PayerHeadroom => {
      const term = terms.payers.find((one) => one.organisationId === organisationId);
      const sums = invoiced.get(partyId);
      return {
        ...{ partyId, payerId: organisationId!, payer, received: sums?.received ?? 0n },
        ...under(term?.cap ?? null, sums?.invoiced ?? 0n),
      };
    });
  const ofPayers = (of: keyof Sums) => sum([...invoiced.values()].map((sums) => sums[of]));
  return {
    on,
    bond: {
      ...{ invoiced: ofPayers('invoiced'), received: ofPayers('received') },
      ...under(terms.caps.bond, sum(nets.values()) + ofPayers('substitutes')),
    },
    payers,
    lines: terms.rateCard.map(({ metric, title, cap }) => ({
      ...{ metric, title },
      ...under(cap, nets.get(metric) ?? 0n),
    })),
  };
}

/** New terms may set a cap under what was used by the old ones: then nothing is left. */
export const headroomOf = (cap: bigint | null, used: bigint): Headroom => ({
  cap,
  used,
  left: cap === null ? null : cap > used ? cap - used : 0n,
});

interface Sums {
  invoiced: bigint;
  substitutes: bigint;
  received: bigint;
}

async function invoicedBy(tx: Tx, bondId: string, on: Day): Promise<Map<string, Sums>> {
  const rows = await tx.rows<Sums & { partyId: string }>(
    `SELECT i.party_id AS "partyId", sum(i.amount)::bigint AS invoiced,
       coalesce(sum(i.amount) FILTER (WHERE i.source_kind = 'substitute'), 0)::bigint AS substitutes,
       coalesce(sum(r.received), 0)::bigint AS received
     FROM outcome_invoices i LEFT JOIN LATERAL (
       SELECT sum(r.amount) AS received FROM outcome_receipts r
       WHERE r.invoice_id = i.id AND r.received_on <= $2 AND r.reversed_at IS NULL) AS r ON true
     WHERE i.bond_id = $1 AND i.issued_on <= $2 GROUP BY i.party_id`,
    [bondId, on],
  );
  return new Map(rows.map(({ partyId, ...sums }) => [partyId, sums]));
}

/** What was verified by a day, in the coalition’s time zone, comes to for each metric after all caps but those of payers. */
async function netsBy(tx: Tx, { id, coalitionId }: Bond, on: Day): Promise<Map<string, bigint>> {
  const rows = await tx.rows<{ metric: string; net: bigint }>(
    `SELECT w.metric, sum(w.net)::bigint AS net FROM outcome_workings w JOIN outcome_claims c ON c.id = w.claim_id
     WHERE c.bond_id = $1 AND (c.decided_at AT TIME ZONE (SELECT time_zone FROM coalitions WHERE id = $3))::date <= $2
     GROUP BY w.metric`,
    [id, on, coalitionId],
  );
  return new Map(rows.map(({ metric, net }) => [metric, net]));
}
