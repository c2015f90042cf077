import { Inject, Injectable } from '@nestjs/common';
import { newestSteps } from '../../notices/waiting/run-letters.js';
import type { Config } from '../../platform/config/config.js';
import type { Tx } from '../../platform/database/tx.js';
import { type MailDraft, queueMails } from '../../platform/mail/mail.js';
import { HandlesOccurrence, type OccurrenceHandler } from '../../platform/queue/handlers.js';
import type { DueOccurrence, Outcome } from '../../platform/queue/occurrences.js';
import { CONFIG } from '../../platform/tokens.js';
import { plural } from '../../web/format.js';
import type { EditionState } from './toolkit-edition.entity.js';
import { type EditionInLetter, toolkitLetter } from './toolkit-letter.js';
import { sharers } from './toolkit.rules.js';

interface AskedEdition extends Omit<EditionInLetter, 'url'> {
  id: string;
  coalitionId: string;
  state: EditionState;
  askedById: string;
}

interface Reader {
  personId: string;
  name: string;
  email: string;
  locale: string;
}

/** Tells those who can publish a toolkit that somebody asked for it, and reminds them. */
@Injectable()
@HandlesOccurrence('toolkit.remind')
export class ToolkitReminders implements OccurrenceHandler {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async handle(tx: Tx, due: DueOccurrence[]): Promise<Outcome[]> {
    const ids = due.map(({ subjectId }) => subjectId);
    const editions = await askedEditions(tx, ids);
    const newest = await newestSteps(tx, 'toolkit.remind', ids);
    const readers = await readersOf(tx, due[0]!.coalitionId);
    const drafts: MailDraft[] = [];
    const outcomes = due.map(({ subjectId: id, periodKey: step }): Outcome => {
      const edition = editions.get(id)!;
      if (edition.state !== 'asked') return { state: 'skipped', note: `it is ${edition.state}` };
      if (newest.get(id) !== step)
        return { state: 'skipped', note: `a later reminder replaces it (${newest.get(id)})` };
      const mine = readers.filter(({ personId }) => personId !== edition.askedById);
      if (mine.length === 0)
        return { state: 'skipped', note: 'nobody to write to: no one else can publish it' };
      drafts.push(...mine.map((reader) => this.draft(edition, reader, step)));
      return { state: 'done', note: `written to ${plural(mine.length, 'reader')}` };
    });
    await queueMails(tx, drafts);
    return outcomes;
  }

  private draft(edition: AskedEdition, reader: Reader, step: string): MailDraft {
    const { id, coalitionId } = edition;
    const url = `${this.config.publicUrl}/coalitions/${coalitionId}/learning/toolkit`;
    return {
      ...{ coalitionId, personId: reader.personId, to: reader.email, template: 'toolkit.waiting' },
      ...toolkitLetter({ ...edition, url }, reader, step),
      cause: { kind: 'toolkit.remind', id, key: step },
    };
  }
}

async function askedEditions(tx: Tx, ids: string[]): Promise<Map<string, AskedEdition>> {
  const rows = await tx.rows<AskedEdition>(
    `SELECT e.id, e.coalition_id AS "coalitionId", e.state, e.number, e.content ->> 'title' AS title,
       (SELECT sum(jsonb_array_length(e.content -> part))::int FROM unnest(ARRAY['pages', 'goals', 'entries', 'decisions'])
          AS part) AS shared,
       e.asked_by AS "askedById", p.name AS "askedBy", e.asked_at AS "askedAt", c.name AS coalition,
       c.time_zone AS "timeZone"
     FROM toolkit_editions e JOIN persons p ON p.id = e.asked_by JOIN coalitions c ON c.id = e.coalition_id
     WHERE e.id = ANY ($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

const readersOf = (tx: Tx, coalitionId: string): Promise<Reader[]> =>
  tx.rows<Reader>(
    `SELECT DISTINCT p.id AS "personId", p.name, p.email, p.locale FROM memberships m JOIN persons p ON p.id = m.person_id
     WHERE m.coalition_id = $1 AND m.role = ANY ($2::text[]) AND m.since_on <= $3
       AND (m.until_on IS NULL OR m.until_on >= $3) ORDER BY p.name, p.id`,
    [coalitionId, sharers, tx.now.toISOString().slice(0, 10)],
  );
