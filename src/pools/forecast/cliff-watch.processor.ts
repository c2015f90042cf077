import { Inject, Injectable } from '@nestjs/common';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { monthOf } from '../../maths/day.js';
import type { Config } from '../../platform/config/config.js';
import type { Tx } from '../../platform/database/tx.js';
import { queueMails } from '../../platform/mail/mail.js';
import { HandlesOccurrence, type OccurrenceHandler } from '../../platform/queue/handlers.js';
import type { DueOccurrence, Outcome } from '../../platform/queue/occurrences.js';
import { CONFIG } from '../../platform/tokens.js';
import { plural } from '../../web/format.js';
import { cliffLetter, type CliffMatter, type CliffReader } from './cliff-letter.js';
import { type MonthsAhead, monthsBetween, noticeDue } from './cliff-notice.rules.js';
import { readPoolForecast } from './pool-forecast.js';
import { planNextWatch } from './pool-watch.js';

/** Looks ahead for each pool on the first of the month, and tells its people of a funding cliff before it happens. */
@Injectable()
@HandlesOccurrence('pool.watch')
export class CliffWatch implements OccurrenceHandler {
  readonly most = 20;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async handle(tx: Tx, due: DueOccurrence[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const occurrence of due) outcomes.push(await this.look(tx, occurrence));
    return outcomes;
  }

  private async look(tx: Tx, { subjectId: poolId, coalitionId, dueAt }: DueOccurrence): Promise<Outcome> {
    await planNextWatch(tx, { id: poolId, coalitionId }, dueAt);
    const forecast = await readPoolForecast(tx, poolId);
    const { cliff } = forecast;
    if (!cliff) return { state: 'done', note: 'no funding cliff in sight' };
    const month = monthOf(forecast.openOn);
    const ahead = noticeDue(month, cliff.month);
    if (ahead === null) return { state: 'done', note: `the cliff is in ${cliff.month}, not yet near` };
    if (!(await isNews(tx, { poolId, coalitionId, month: cliff.month, ahead, shortBy: cliff.shortBy }))) {
      return { state: 'done', note: `the cliff in ${cliff.month} was told of` };
    }
    const pool = await tx.row<{ pool: string; coalition: string; currency: string }>(
      `SELECT p.name AS pool, c.name AS coalition, p.currency FROM pools p JOIN coalitions c ON c.id = p.coalition_id
       WHERE p.id = $1`,
      [poolId],
    );
    const matter: CliffMatter = {
      ...pool!,
      ...cliff,
      forecast,
      monthsLeft: monthsBetween(month, cliff.month),
      url: `${this.config.publicUrl}/pools/${poolId}/forecast`,
    };
    const readers = await fundersAndBackbone(tx, coalitionId);
    await queueMails(
      tx,
      readers.map((reader) => ({
        coalitionId,
        personId: reader.personId,
        to: reader.email,
        template: 'pool.cliff',
        ...cliffLetter(matter, reader),
        cause: { kind: 'pool.watch', id: poolId, key: `${cliff.month}-${ahead}` },
      })),
    );
    return { state: 'done', note: `told ${plural(readers.length, 'person', 'people')} of ${cliff.month}` };
  }
}

/** Writes down that a cliff is told of; false when it was before. */
async function isNews(
  tx: Tx,
  notice: { poolId: string; coalitionId: string; month: string; ahead: MonthsAhead; shortBy: bigint },
): Promise<boolean> {
  const told = await tx.run(
    `INSERT INTO cliff_notices (coalition_id, pool_id, cliff_month, months_ahead, short_by, told_at)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT ON CONSTRAINT cliff_notices_once DO NOTHING`,
    [notice.coalitionId, notice.poolId, notice.month, notice.ahead, notice.shortBy, tx.now],
  );
  return told === 1;
}

/** Those who can move a cliff: the funders, the backbone, and finance. */
async function fundersAndBackbone(tx: Tx, coalitionId: string): Promise<CliffReader[]> {
  const { today } = await coalitionCalendar(tx, coalitionId);
  return tx.rows<CliffReader>(
    `SELECT DISTINCT p.id AS "personId", p.name, p.email, p.locale FROM memberships m JOIN persons p ON p.id = m.person_id
     WHERE m.coalition_id = $1 AND m.role IN ('funder', 'backbone', 'finance')
       AND m.since_on <= $2 AND (m.until_on IS NULL OR m.until_on >= $2) ORDER BY p.name, p.id`,
    [coalitionId, today],
  );
}
