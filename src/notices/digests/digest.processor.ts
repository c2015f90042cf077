import { Inject, Injectable } from '@nestjs/common';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import type { Config } from '../../platform/config/config.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Rhythm } from '../../platform/mail/digests.js';
import { queueMails } from '../../platform/mail/mail.js';
import { HandlesOccurrence, type OccurrenceHandler } from '../../platform/queue/handlers.js';
import type { DueOccurrence, Outcome } from '../../platform/queue/occurrences.js';
import { CONFIG } from '../../platform/tokens.js';
import { plural } from '../../web/format.js';
import { digestLetter } from './digest-letter.js';

interface Waiting {
  id: string;
  subject: string;
  createdAt: Date;
  personId: string;
  name: string;
  email: string;
  locale: string;
  isHere: boolean;
}

/** Tells each reader in one mail of the letters that have waited for it. */
@Injectable()
@HandlesOccurrence('mail.digest')
export class DigestProcessor implements OccurrenceHandler {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async handle(tx: Tx, due: DueOccurrence[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const occurrence of due) outcomes.push(await this.write(tx, occurrence));
    return outcomes;
  }

  private async write(tx: Tx, { coalitionId, periodKey }: DueOccurrence): Promise<Outcome> {
    const rhythm: Rhythm = periodKey.startsWith('weekly') ? 'weekly' : 'daily';
    const { timeZone, today } = await coalitionCalendar(tx, coalitionId);
    const coalition = await tx.row<{ name: string }>(`SELECT name FROM coalitions WHERE id = $1`, [
      coalitionId,
    ]);
    const waiting = await lockWaiting(tx, coalitionId, rhythm, today);
    await withdraw(
      tx,
      waiting.filter(({ isHere }) => !isHere).map(({ id }) => id),
    );
    const byReader = new Map<string, Waiting[]>();
    for (const letter of waiting.filter(({ isHere }) => isHere))
      byReader.set(letter.personId, [...(byReader.get(letter.personId) ?? []), letter]);
    for (const items of byReader.values()) {
      const reader = items[0]!;
      const matter = {
        coalition: coalition!.name,
        timeZone,
        rhythm,
        items,
        url: `${this.config.publicUrl}/inbox`,
      };
      await queueMails(tx, [
        {
          ...{ coalitionId, personId: reader.personId, to: reader.email, template: 'mail.digest' },
          ...digestLetter(matter, reader),
          cause: { kind: 'mail.digest', id: coalitionId, key: periodKey },
        },
      ]);
      await markTold(
        tx,
        { coalitionId, periodKey, to: reader.email },
        items.map(({ id }) => id),
      );
    }
    return {
      state: 'done',
      note: `${plural(byReader.size, 'reader')} told of ${plural(waiting.length, 'letter')}`,
    };
  }
}

/** What waits, the oldest first, and whether its reader still has a seat. */
function lockWaiting(tx: Tx, coalitionId: string, rhythm: Rhythm, today: string): Promise<Waiting[]> {
  return tx.rows<Waiting>(
    `SELECT m.id, m.subject, m.created_at AS "createdAt", p.id AS "personId", p.name, p.email, p.locale,
       EXISTS (SELECT 1 FROM memberships s WHERE s.coalition_id = m.coalition_id AND s.person_id = p.id
         AND s.since_on <= $3 AND (s.until_on IS NULL OR s.until_on >= $3)) AS "isHere"
     FROM mail_messages m JOIN persons p ON p.id = m.person_id
     WHERE m.coalition_id = $1 AND m.digest = $2 AND m.state = 'waiting'
     ORDER BY p.name, p.id, m.created_at, m.id FOR UPDATE OF m`,
    [coalitionId, rhythm, today],
  );
}

const withdraw = (tx: Tx, ids: string[]): Promise<number> =>
  tx.run(`UPDATE mail_messages SET state = 'withdrawn' WHERE id = ANY ($1::uuid[])`, [ids]);

/** Ties the letters to the digest that told of them. */
const markTold = (
  tx: Tx,
  digest: { coalitionId: string; periodKey: string; to: string },
  ids: string[],
): Promise<number> =>
  tx.run(
    `UPDATE mail_messages SET state = 'digested', digest_id = (
       SELECT id FROM mail_messages WHERE cause_kind = 'mail.digest' AND cause_id = $1 AND cause_key = $2 AND to_address = $3)
     WHERE id = ANY ($4::uuid[])`,
    [digest.coalitionId, digest.periodKey, digest.to, ids],
  );
