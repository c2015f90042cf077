import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../../platform/config/config.js';
import type { Tx } from '../../../platform/database/tx.js';
import { HandlesOccurrence, type OccurrenceHandler } from '../../../platform/queue/handlers.js';
import type { DueOccurrence, Outcome } from '../../../platform/queue/occurrences.js';
import { CONFIG } from '../../../platform/tokens.js';
import { type RemindedOf, remindOfDue } from '../../reminders/due-reminders.js';

/** Reminds payers of a bond of what they owe, before it is due and after; once it is late, finance too. */
@Injectable()
@HandlesOccurrence('outcomeInvoice.remind')
export class InvoiceReminders implements OccurrenceHandler {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  handle(tx: Tx, due: DueOccurrence[]): Promise<Outcome[]> {
    return remindOfDue(tx, due, {
      kind: 'outcomeInvoice',
      words: () => ({ document: 'outcome invoice', payment: 'The outcome payment of' }),
      url: `${this.config.publicUrl}/outcome-invoices`,
      read: remindedInvoices,
    });
  }
}

const remindedInvoices = (tx: Tx, ids: string[]): Promise<RemindedOf[]> =>
  tx.rows<RemindedOf>(
    `SELECT i.id, o.id AS "payerId", o.name AS payer, o.email AS "payerEmail", b.title AS bond, c.name AS coalition,
       b.reference || '/' || i.number AS reference, i.currency, i.due_on AS "dueOn",
       -- What was cancelled of it is not asked for.
       i.amount - i.cancelled AS amount, i.received,
       CASE WHEN i.received >= i.amount THEN 'it has been paid'
         WHEN i.received + i.cancelled >= i.amount THEN 'it has been cancelled' END AS "endedBecause"
     FROM outcome_invoices i JOIN bonds b ON b.id = i.bond_id JOIN bond_parties y ON y.id = i.party_id
     JOIN organisations o ON o.id = y.organisation_id JOIN coalitions c ON c.id = i.coalition_id
     WHERE i.id = ANY ($1::uuid[])`,
    [ids],
  );
