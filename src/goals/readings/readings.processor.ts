import { Inject, Injectable } from '@nestjs/common';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { periodAfter } from '../../maths/calendar-period.js';
import type { Day } from '../../maths/day.js';
import type { Config } from '../../platform/config/config.js';
import type { Tx } from '../../platform/database/tx.js';
import { type MailDraft, queueMails } from '../../platform/mail/mail.js';
import { HandlesOccurrence, type OccurrenceHandler } from '../../platform/queue/handlers.js';
import { type DueOccurrence, type Outcome, planOccurrences } from '../../platform/queue/occurrences.js';
import { CONFIG } from '../../platform/tokens.js';
import { plural } from '../../web/format.js';
import { type Series, seriesKinds, type SeriesKind, seriesPath } from '../series/series.js';
import { seriesSql, toSeries } from '../series/series.read.js';
import { plannedReminders } from './plan-reminders.js';
import { readingLetter } from './reading-letter.js';
import { dueOnOf, matterOf, reasonNotToRemind } from './reminders.rules.js';

interface Reader {
  personId: string;
  name: string;
  email: string;
  locale: string;
  isBackbone: boolean;
}

/** Reminds whoever is responsible of what should be read, and plans the reminders of the period after. */
@Injectable()
@HandlesOccurrence('reading.remind')
export class ReadingReminders implements OccurrenceHandler {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async handle(tx: Tx, due: DueOccurrence[]): Promise<Outcome[]> {
    const { coalitionId } = due[0]!;
    const { today, timeZone } = await coalitionCalendar(tx, coalitionId);
    const ids = [...new Set(due.map(({ subjectId }) => subjectId))];
    const series = new Map((await remindedSeries(tx, ids)).map((one) => [one.id, one]));
    const read = await readPeriods(tx, ids);
    const newest = await newestReminders(tx, ids);
    const people = await peopleOf(tx, coalitionId, today);
    const drafts: MailDraft[] = [];
    const outcomes = due.map(({ subjectId, periodKey: key }): Outcome => {
      const one = series.get(subjectId);
      if (!one) return { state: 'skipped', note: 'there is no such indicator' };
      const { period, isLate } = matterOf(one.frequency, key);
      const readers = readersOf(one, isLate, people);
      const newestKey = newest.get(`${subjectId} ${period.key}`) ?? key;
      const reason = reasonNotToRemind({
        isRead: read.has(`${subjectId} ${period.key}`),
        isRetired: one.retiredAt !== null,
        replacedBy: newestKey === key ? null : newestKey,
        readers: readers.length,
      });
      if (reason !== null) return { state: 'skipped', note: reason };
      const matter = {
        ...{ name: one.name, word: seriesKinds[one.kind].word, goal: one.goalName, unit: one.unit },
        ...{ periodKey: period.key, dueOn: dueOnOf(period, one.dueAfterDays), source: one.source },
        url: `${this.config.publicUrl}${seriesPath(one)}/readings`,
      };
      drafts.push(
        ...readers.map((reader): MailDraft => ({
          ...{ coalitionId, personId: reader.personId, to: reader.email },
          template: 'reading.reminder',
          ...readingLetter(matter, reader, today),
          cause: { kind: 'reading.remind', id: subjectId, key },
        })),
      );
      return { state: 'done', note: `written to ${plural(readers.length, 'person', 'people')}` };
    });
    await queueMails(tx, drafts);
    await planNext(tx, due, series, timeZone);
    return outcomes;
  }
}

/** Whatever became of a reminder, the next period is reminded of in its time. */
async function planNext(
  tx: Tx,
  due: readonly DueOccurrence[],
  series: ReadonlyMap<string, Series>,
  timeZone: string,
): Promise<void> {
  const planned = due.flatMap(({ subjectId, periodKey }) => {
    const one = series.get(subjectId);
    if (!one || one.retiredAt !== null) return [];
    const { period } = matterOf(one.frequency, periodKey);
    return plannedReminders(one, periodAfter(one.frequency, period), timeZone);
  });
  await planOccurrences(tx, planned);
}

async function remindedSeries(tx: Tx, ids: string[]): Promise<Series[]> {
  const ofKind = (kind: SeriesKind) =>
    tx.rows<Series>(`${seriesSql(kind)} WHERE s.id = ANY ($1::uuid[])`, [ids]);
  return [...(await ofKind('indicator')), ...(await ofKind('measure'))].map(toSeries);
}

/** Which periods have been read as a whole: 'id period'. */
async function readPeriods(tx: Tx, ids: string[]): Promise<Set<string>> {
  const rows = await tx.rows<{ id: string; periodKey: string }>(
    `SELECT coalesce(r.indicator_id, r.measure_id) AS id, r.period_key AS "periodKey" FROM readings r
     WHERE (r.indicator_id = ANY ($1::uuid[]) OR r.measure_id = ANY ($1::uuid[])) AND r.dimension = '' AND r.value IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM readings n WHERE n.supersedes_id = r.id)`,
    [ids],
  );
  return new Set(rows.map(({ id, periodKey }) => `${id} ${periodKey}`));
}

/** The newest reminder of each period that is due by now: 'id period' → its key. */
async function newestReminders(tx: Tx, ids: string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; period: string; key: string }>(
    `SELECT DISTINCT ON (subject_id, split_part(period_key, ' ', 1)) subject_id AS id,
       split_part(period_key, ' ', 1) AS period, period_key AS key
     FROM occurrences WHERE kind = 'reading.remind' AND subject_id = ANY ($1::uuid[]) AND due_at <= $2
     ORDER BY subject_id, split_part(period_key, ' ', 1), due_at DESC`,
    [ids, tx.now],
  );
  return new Map(rows.map(({ id, period, key }) => [`${id} ${period}`, key]));
}

const peopleOf = (tx: Tx, coalitionId: string, today: Day): Promise<Reader[]> =>
  tx.rows<Reader>(
    `SELECT p.id AS "personId", p.name, p.email, p.locale, bool_or(m.role = 'backbone') AS "isBackbone"
     FROM memberships m JOIN persons p ON p.id = m.person_id
     WHERE m.coalition_id = $1 AND m.since_on <= $2 AND (m.until_on IS NULL OR m.until_on >= $2)
     GROUP BY p.id ORDER BY p.name, p.id`,
    [coalitionId, today],
  );

/** Whoever is responsible, or the backbone where nobody with a seat is; once it is late, both. */
function readersOf({ responsibleId }: Series, isLate: boolean, people: readonly Reader[]): Reader[] {
  const responsible = people.filter(({ personId }) => personId === responsibleId);
  const isBoth = isLate || responsible.length === 0;
  return people.filter((person) => responsible.includes(person) || (isBoth && person.isBackbone));
}
