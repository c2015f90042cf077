import { Injectable } from '@nestjs/common';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { parseDecimal } from '../../maths/exact.js';
import { parseAmount } from '../../maths/money.js';
import type { Tx } from '../../platform/database/tx.js';
import { HandlesOccurrence, type OccurrenceHandler } from '../../platform/queue/handlers.js';
import type { DueOccurrence, Outcome } from '../../platform/queue/occurrences.js';
import { replayBond } from '../claims/replay.js';
import type { BondTerms } from '../contracts/bond-terms.js';
import { lockBond, partiesOf, signedTerms } from '../contracts/bonds.read.js';
import { InvoicesService } from '../invoices/invoices.service.js';
import { type SubstitutePayer, substituteShares } from './suspension.rules.js';

interface DueSubstitute {
  id: string;
  bondId: string;
  amount: bigint;
  payers: SubstitutePayer[];
  state: string;
}

/** The day of an instalment of a suspension's schedule has come: its payers are invoiced, within all caps. */
@Injectable()
@HandlesOccurrence('substitute.due')
export class SubstitutesDue implements OccurrenceHandler {
  constructor(private readonly invoices: InvoicesService) {}

  async handle(tx: Tx, due: DueOccurrence[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const { subjectId } of due) outcomes.push(await this.invoice(tx, subjectId));
    return outcomes;
  }

  private async invoice(tx: Tx, id: string): Promise<Outcome> {
    const bondId = (await readDue(tx, id))?.bondId;
    if (bondId === undefined) return { state: 'skipped', note: 'the instalment is not there any more' };
    const { bond, pool } = await lockBond(tx, bondId);
    const substitute = (await readDue(tx, id))!;
    if (substitute.state !== 'planned') return { state: 'skipped', note: 'it is invoiced already' };
    if (bond.state !== 'active') return { state: 'skipped', note: `the bond is ${bond.state}` };
    const { terms } = await signedTerms(tx, bondId);
    const { tally } = await replayBond(tx, bond);
    const cap = terms.caps.bond === null ? null : parseAmount(terms.caps.bond, bond.currency);
    const { shares, invoiced, note } = substituteShares(substitute.amount, {
      left: cap === null ? null : cap - tally.bond,
      payers: payersOf(substitute.payers, terms, bond.currency),
      paid: tally.payers,
    });
    await tx.run(
      `UPDATE substitute_payments SET state = 'invoiced', invoiced = $2, note = $3 WHERE id = $1`,
      [id, invoiced, note],
    );
    const parties = (await partiesOf(tx, bondId)).filter(({ role }) => role === 'payer');
    const { today } = await coalitionCalendar(tx, bond.coalitionId);
    await this.invoices.issue(tx, bond, pool, {
      source: { kind: 'substitute', id },
      issuedOn: today,
      dueAfterDays: terms.invoiceDueDays,
      shares: parties.map((party) => ({
        partyId: party.id,
        amount: shares.find(({ payer }) => payer === party.organisationId)?.amount ?? 0n,
      })),
    });
    return { state: 'done', note: note === '' ? undefined : note };
  }
}

const payersOf = (payers: readonly SubstitutePayer[], terms: BondTerms, currency: string) =>
  payers.map(({ organisationId, weight }) => {
    const cap = terms.payers.find((payer) => payer.organisationId === organisationId)?.cap ?? null;
    return {
      payer: organisationId,
      weight: parseDecimal(weight),
      cap: cap === null ? null : parseAmount(cap, currency),
    };
  });

const readDue = (tx: Tx, id: string): Promise<DueSubstitute | undefined> =>
  tx.row<DueSubstitute>(
    `SELECT p.id, s.bond_id AS "bondId", p.amount, s.payers, p.state FROM substitute_payments p
     JOIN bond_suspensions s ON s.id = p.suspension_id WHERE p.id = $1`,
    [id],
  );
