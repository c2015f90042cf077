import { type PaidLine, payClaims } from '../../maths/outcomes/outcome-payments.js';
import type { Claim } from '../../maths/outcomes/rate-card.js';
import { add, emptyTally, type Tally } from '../../maths/outcomes/tally.js';
import type { Tx } from '../../platform/database/tx.js';
import type { BondTerms } from '../contracts/bond-terms.js';
import { outcomeTerms } from '../contracts/outcome-terms.js';
import type { Reached } from './claim.rules.js';
import { type ClaimLine, linesOf } from './claims.read.js';

/** What used up room under the caps of a bond: a verified claim, or an instalment of a suspension's schedule. */
type Event =
  | { kind: 'claim'; id: string; period: number; terms: BondTerms }
  | { kind: 'substitute'; payerId: string; amount: bigint };

/** What a claim came to when all before it are paid again. */
export interface Replayed {
  claimId: string;
  lines: PaidLine[];
}

/**
 * Pays all verified claims of a bond again, from what was accepted and nothing else, each under the terms it was
 * verified by. Returns what each came to, and the tally that a next claim begins with: nothing of it is stored, so that
 * nothing can drift from it.
 *
 * @param isKnown leaves out what came later than one looks from; by default all counts
 */
export async function replayBond(
  tx: Tx,
  bond: { id: string; currency: string },
  isKnown: (at: Date) => boolean = () => true,
): Promise<{ claims: Replayed[]; tally: Tally }> {
  const tally = emptyTally();
  const claims: Replayed[] = [];
  for (const event of (await eventsOf(tx, bond.id)).filter(({ at }) => isKnown(at))) {
    if (event.kind === 'substitute') {
      add(tally.payers, event.payerId, event.amount);
      tally.bond += event.amount;
      continue;
    }
    const accepted = await acceptedLines(tx, event.id, event.period);
    claims.push({
      claimId: event.id,
      lines: payClaims(outcomeTerms(event.terms, bond.currency), accepted, tally),
    });
  }
  return { claims, tally };
}

/** What was accepted of a claim, as the maths takes it. */
export async function acceptedLines(tx: Tx, claimId: string, period: number): Promise<Claim[]> {
  return (await linesOf(tx, claimId)).map((line) => {
    const people = line.people.filter(({ isAccepted }) => isAccepted).map(({ key }) => key);
    const accepted = {
      metric: line.metric,
      quantity: line.acceptedQuantity,
      value: line.acceptedValue,
      people,
    };
    return asPriced(period, line, accepted);
  });
}

/** What is accepted of a line, as the maths takes it. */
export function asPriced(period: number, { people }: Pick<ClaimLine, 'people'>, accepted: Reached): Claim {
  return {
    period: String(period),
    metric: accepted.metric,
    quantity: accepted.quantity ?? undefined,
    value: accepted.value ?? undefined,
    // Where nobody was named, nobody is: the money is of no person, and no person cap trims it.
    people: people.length === 0 ? undefined : accepted.people,
  };
}

/** In the order in which they used up room. */
async function eventsOf(tx: Tx, bondId: string): Promise<(Event & { at: Date })[]> {
  const claims = await tx.rows<{ id: string; period: number; terms: BondTerms; at: Date; place: number }>(
    `SELECT c.id, c.period, v.terms, c.decided_at AS at, c.verified_place AS place FROM outcome_claims c
     JOIN bond_versions v ON v.bond_id = c.bond_id AND v.number = c.terms_number
     WHERE c.bond_id = $1 AND c.state = 'verified' ORDER BY c.verified_place`,
    [bondId],
  );
  const substitutes = await tx.rows<{ payerId: string; amount: bigint; at: Date }>(
    `SELECT y.organisation_id AS "payerId", i.amount, i.issued_at AS at FROM outcome_invoices i
     JOIN bond_parties y ON y.id = i.party_id WHERE i.bond_id = $1 AND i.source_kind = 'substitute'
     ORDER BY i.issued_at, i.number`,
    [bondId],
  );
  const events: (Event & { at: Date })[] = [];
  for (const { place: _, ...claim } of claims) {
    while (substitutes[0] && substitutes[0].at <= claim.at)
      events.push({ kind: 'substitute', ...substitutes.shift()! });
    events.push({ kind: 'claim', ...claim });
  }
  return [...events, ...substitutes.map((one) => ({ kind: 'substitute' as const, ...one }))];
}
