import { Inject, Injectable } from '@nestjs/common';
import { coalitionCalendar } from '../../../coalitions/coalition.js';
import type { Config } from '../../../platform/config/config.js';
import type { Tx } from '../../../platform/database/tx.js';
import { type MailDraft, queueMails } from '../../../platform/mail/mail.js';
import { HandlesOccurrence, type OccurrenceHandler } from '../../../platform/queue/handlers.js';
import type { DueOccurrence, Outcome } from '../../../platform/queue/occurrences.js';
import { CONFIG } from '../../../platform/tokens.js';
import { plural } from '../../../web/format.js';
import { payingReaders } from './paying-readers.js';
import { type InstalmentInLetter, pledgeLetter } from './pledge-letter.js';
import { isLateStep, reasonNotToRemind } from './pledge-reminder.rules.js';

interface RemindedInstalment extends Omit<InstalmentInLetter, 'url'> {
  id: string;
  pledgeId: string;
  funderId: string;
  funderEmail: string | null;
  state: string;
  /** The newest reminder of it that is due by now, done or not. */
  newestStep: string | null;
}

/** Reminds funders of what they pledged, before it is due and after; once it is late, finance too. */
@Injectable()
@HandlesOccurrence('pledge.remind')
export class PledgeReminders implements OccurrenceHandler {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async handle(tx: Tx, due: DueOccurrence[]): Promise<Outcome[]> {
    const { coalitionId } = due[0]!;
    const { today } = await coalitionCalendar(tx, coalitionId);
    const instalments = await remindedInstalments(
      tx,
      due.map(({ subjectId }) => subjectId),
    );
    const readersOf = await payingReaders(tx, coalitionId, today);
    const drafts: MailDraft[] = [];
    const outcomes = due.map(({ subjectId, periodKey: step }): Outcome => {
      const instalment = instalments.get(subjectId);
      if (!instalment) return { state: 'skipped', note: 'the instalment was replaced' };
      const { funderId: id, funder: name, funderEmail: email } = instalment;
      const readers = readersOf({ id, name, email }, isLateStep(step));
      const reason = reasonNotToRemind({
        pledgeState: instalment.state,
        open: instalment.amount - instalment.received,
        replacedBy: instalment.newestStep === step ? null : instalment.newestStep,
        readers: readers.length,
      });
      if (reason !== null) return { state: 'skipped', note: reason };
      const url = `${this.config.publicUrl}/pledges/${instalment.pledgeId}`;
      drafts.push(
        ...readers.map((reader): MailDraft => ({
          coalitionId,
          personId: reader.personId,
          to: reader.email,
          template: 'pledge.reminder',
          ...pledgeLetter({ ...instalment, url }, reader, today),
          cause: { kind: 'pledge.remind', id: subjectId, key: step },
        })),
      );
      return { state: 'done', note: `written to ${plural(readers.length, 'reader')}` };
    });
    await queueMails(tx, drafts);
    return outcomes;
  }
}

async function remindedInstalments(tx: Tx, ids: string[]): Promise<Map<string, RemindedInstalment>> {
  const rows = await tx.rows<RemindedInstalment>(
    `SELECT i.id, p.id AS "pledgeId", p.funder_id AS "funderId", o.name AS funder, o.email AS "funderEmail", p.state,
       p.reference, p.currency, l.name AS pool, c.name AS coalition, i.due_on AS "dueOn", i.amount, i.received,
       newest.period_key AS "newestStep"
     FROM pledge_instalments i JOIN pledges p ON p.id = i.pledge_id JOIN organisations o ON o.id = p.funder_id
     JOIN pools l ON l.id = p.pool_id JOIN coalitions c ON c.id = p.coalition_id
     LEFT JOIN LATERAL (
       SELECT period_key FROM occurrences n WHERE n.kind = 'pledge.remind' AND n.subject_id = i.id AND n.due_at <= $2
       ORDER BY n.due_at DESC LIMIT 1) AS newest ON true
     WHERE i.id = ANY ($1::uuid[])`,
    [ids, tx.now],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
