import { Inject, Injectable } from '@nestjs/common';
import { coalitionCalendar } from '../../../coalitions/coalition.js';
import type { Day } from '../../../maths/day.js';
import {
  lettersOfRun,
  newestSteps,
  type RunReader,
  type Told,
} from '../../../notices/waiting/run-letters.js';
import type { Config } from '../../../platform/config/config.js';
import type { Tx } from '../../../platform/database/tx.js';
import { queueMails } from '../../../platform/mail/mail.js';
import { HandlesOccurrence, type OccurrenceHandler } from '../../../platform/queue/handlers.js';
import type { DueOccurrence, Outcome } from '../../../platform/queue/occurrences.js';
import { CONFIG } from '../../../platform/tokens.js';
import { plural } from '../../../web/format.js';
import type { ConditionState } from '../condition.rules.js';
import { type ConditionInLetter, conditionLetter } from './condition-letter.js';
import { reasonNotToRemind } from './condition-reminder.rules.js';
import { firstToWait } from './plan-reminders.js';

interface RemindedCondition extends Omit<ConditionInLetter, 'bitesOn' | 'url' | 'today'> {
  id: string;
  state: ConditionState;
  grantState: string;
  organisationId: string;
  organisationEmail: string | null;
  bitesOn: Day | null;
}

/** Reminds the grantee and the backbone of what money waits for, before it waits and after. */
@Injectable()
@HandlesOccurrence('condition.remind')
export class ConditionReminders implements OccurrenceHandler {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async handle(tx: Tx, due: DueOccurrence[]): Promise<Outcome[]> {
    const { coalitionId } = due[0]!;
    const { today } = await coalitionCalendar(tx, coalitionId);
    const ids = [...new Set(due.map(({ subjectId }) => subjectId))];
    const conditions = await remindedConditions(tx, ids);
    const newest = await newestSteps(tx, 'condition.remind', ids);
    const readersOf = await conditionReaders(tx, coalitionId, today);
    const { publicUrl } = this.config;
    const told: Told<ConditionInLetter, RunReader>[] = [];
    const outcomes = due.map((occurrence): Outcome => {
      const { subjectId: id, periodKey: step } = occurrence;
      const condition = conditions.get(id);
      if (!condition) return { state: 'skipped', note: 'the condition was taken off' };
      const { bitesOn } = condition;
      const readers = readersOf(condition);
      const situation = { ...condition, step, newestStep: newest.get(id)!, readers: readers.length };
      const reason = reasonNotToRemind(situation);
      if (reason !== null || bitesOn === null) return { state: 'skipped', note: reason ?? undefined };
      const url = `${publicUrl}/conditions/${id}`;
      told.push({ occurrence, matter: { ...condition, bitesOn, today, url }, readers });
      return { state: 'done', note: `written to ${plural(readers.length, 'reader')}` };
    });
    const listUrl = `${publicUrl}/coalitions/${coalitionId}/conditions`;
    await queueMails(
      tx,
      lettersOfRun(told, 'condition.reminder', (tellings) => conditionLetter(tellings, listUrl)),
    );
    return outcomes;
  }
}

async function remindedConditions(tx: Tx, ids: string[]): Promise<Map<string, RemindedCondition>> {
  const rows = await tx.rows<RemindedCondition>(
    `SELECT c.id, c.state, c.kind, c.subject, c.on_day AS "onDay", c.match_amount AS "matchAmount",
       c.match_raised AS "matchRaised", g.state AS "grantState", g.reference AS "grantReference", g.title AS "grantTitle",
       g.currency, g.organisation_id AS "organisationId", o.name AS organisation, o.email AS "organisationEmail",
       l.name AS coalition, first."bitesOn", coalesce(first.amount, 0)::bigint AS amount
     FROM conditions c JOIN grants g ON g.id = c.grant_id JOIN organisations o ON o.id = g.organisation_id
     JOIN coalitions l ON l.id = c.coalition_id LEFT JOIN (${firstToWait}) AS first ON first.id = c.id
     WHERE c.id = ANY ($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

type Grantee = Pick<RemindedCondition, 'organisation' | 'organisationId' | 'organisationEmail'>;

/** The grantee's people, or its address where nobody sits here for it, and the backbone. Each once. */
async function conditionReaders(
  tx: Tx,
  coalitionId: string,
  today: Day,
): Promise<(grantee: Grantee) => RunReader[]> {
  const seats = await tx.rows<RunReader & { role: string; organisationId: string | null }>(
    `SELECT DISTINCT m.role, m.organisation_id AS "organisationId", p.id AS "personId", p.name, p.email, p.locale
     FROM memberships m JOIN persons p ON p.id = m.person_id
     WHERE m.coalition_id = $1 AND m.role IN ('partner', 'backbone') AND m.since_on <= $2
       AND (m.until_on IS NULL OR m.until_on >= $2) ORDER BY p.name, p.id`,
    [coalitionId, today],
  );
  const backbone = seats.filter(({ role }) => role === 'backbone');
  return ({ organisation, organisationId, organisationEmail }) => {
    const own: RunReader[] = seats.filter(
      (seat) => seat.role === 'partner' && seat.organisationId === organisationId,
    );
    if (own.length === 0 && organisationEmail !== null)
      own.push({ personId: null, name: organisation, email: organisationEmail, locale: 'en-GB' });
    return [...new Map([...own, ...backbone].map((reader) => [reader.email, reader])).values()];
  };
}
