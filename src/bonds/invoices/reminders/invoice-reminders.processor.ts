import { Inject, Injectable } from '@nestjs/common';
import { coalitionCalendar } from '../../../coalitions/coalition.js';
import type { Config } from '../../../platform/config/config.js';
import type { Tx } from '../../../platform/database/tx.js';
import { type MailDraft, queueMails } from '../../../platform/mail/mail.js';
import { HandlesOccurrence, type OccurrenceHandler } from '../../../platform/queue/handlers.js';
import type { DueOccurrence, Outcome } from '../../../platform/queue/occurrences.js';
import { CONFIG } from '../../../platform/tokens.js';
import { isLateStep } from '../../../pools/pledges/reminders/pledge-reminder.rules.js';
import { payingReaders } from '../../../pools/pledges/reminders/paying-readers.js';
import { plural } from '../../../web/format.js';
import { type InvoiceInLetter, invoiceLetter } from './invoice-letter.js';

interface RemindedInvoice extends Omit<InvoiceInLetter, 'url'> {
  id: string;
  payerId: string;
  payerEmail: string | null;
  /** The newest reminder of it that is due by now, done or not. */
  newestStep: string | null;
}

/** Reminds payers of a bond of what they owe, before it is due and after; once it is late, finance too. */
@Injectable()
@HandlesOccurrence('outcomeInvoice.remind')
export class InvoiceReminders implements OccurrenceHandler {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async handle(tx: Tx, due: DueOccurrence[]): Promise<Outcome[]> {
    const { coalitionId } = due[0]!;
    const { today } = await coalitionCalendar(tx, coalitionId);
    const invoices = await remindedInvoices(tx, due);
    const readersOf = await payingReaders(tx, coalitionId, today);
    const drafts: MailDraft[] = [];
    const outcomes = due.map(({ subjectId, periodKey: step }): Outcome => {
      const invoice = invoices.get(subjectId)!;
      const { payerId: id, payer: name, payerEmail: email } = invoice;
      const readers = readersOf({ id, name, email }, isLateStep(step));
      const reason = reasonNotToRemind(invoice, step, readers.length);
      if (reason !== null) return { state: 'skipped', note: reason };
      const url = `${this.config.publicUrl}/outcome-invoices/${subjectId}`;
      drafts.push(
        ...readers.map((reader) => ({
          coalitionId,
          personId: reader.personId,
          to: reader.email,
          template: 'outcomeInvoice.reminder',
          ...invoiceLetter({ ...invoice, url }, reader, today),
          cause: { kind: 'outcomeInvoice.remind', id: subjectId, key: step },
        })),
      );
      return { state: 'done', note: `written to ${plural(readers.length, 'reader')}` };
    });
    await queueMails(tx, drafts);
    return outcomes;
  }
}

/** After a pause only the newest reminder is sent; none to who has paid. */
function reasonNotToRemind(
  { amount, received, newestStep }: RemindedInvoice,
  step: string,
  readers: number,
): string | null {
  if (received >= amount) return 'it has been paid';
  if (newestStep !== step) return `a later reminder replaces it (${newestStep})`;
  return readers > 0 ? null : 'nobody to write to: the payer has no people and no e-mail address';
}

async function remindedInvoices(
  tx: Tx,
  due: readonly DueOccurrence[],
): Promise<Map<string, RemindedInvoice>> {
  const rows = await tx.rows<RemindedInvoice>(
    `SELECT i.id, o.id AS "payerId", o.name AS payer, o.email AS "payerEmail", b.title AS bond, c.name AS coalition,
       b.reference || '/' || i.number AS reference, i.currency, i.due_on AS "dueOn", i.amount, i.received,
       newest.period_key AS "newestStep"
     FROM outcome_invoices i JOIN bonds b ON b.id = i.bond_id JOIN bond_parties y ON y.id = i.party_id
     JOIN organisations o ON o.id = y.organisation_id JOIN coalitions c ON c.id = i.coalition_id
     LEFT JOIN LATERAL (
       SELECT period_key FROM occurrences n WHERE n.kind = 'outcomeInvoice.remind' AND n.subject_id = i.id AND n.due_at <= $2
       ORDER BY n.due_at DESC LIMIT 1) AS newest ON true
     WHERE i.id = ANY ($1::uuid[])`,
    [due.map(({ subjectId }) => subjectId), tx.now],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
