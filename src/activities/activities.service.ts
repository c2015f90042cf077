import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../coalitions/coalition.js';
import type { EndPeriod } from '../coalitions/membership.dto.js';
import { type Period, refuseOddPeriod } from '../coalitions/period.js';
import { audit } from '../platform/audit/audit.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, fieldError, notFound } from '../platform/errors/domain-error.js';
import { listPage, type Page } from '../platform/http/list.js';
import {
  type ActivitiesQuery,
  type ActivityAnswer,
  type ActivityRow,
  type AddActivity,
  type ChangeActivity,
  toActivityAnswer,
} from './activity.dto.js';

const activities = `
  SELECT a.id, a.coalition_id AS "coalitionId", a.organisation_id AS "organisationId", o.name AS organisation, a.name,
    a.description, a.outcome, a.since_on AS "sinceOn", a.until_on AS "untilOn", a.version,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name) ORDER BY g.name), '[]')
     FROM activity_goals l JOIN goals g ON g.id = l.goal_id WHERE l.activity_id = a.id) AS goals
  FROM activities a JOIN organisations o ON o.id = a.organisation_id`;

interface Terms extends Period {
  name: string;
  description: string;
  outcome: string;
  goalIds: string[];
}

/** What organisations do. Each says which goals it leads towards; one that leads to none is listed, never refused. */
@Injectable()
export class ActivitiesService {
  /** @throws ruleBroken or alreadyExists naming the field */
  async add(tx: Tx, organisationId: string, command: AddActivity): Promise<ActivityAnswer> {
    const { coalitionId } = await organisationOf(tx, organisationId);
    const { today } = await coalitionCalendar(tx, coalitionId);
    const terms: Terms = {
      ...{ name: command.name, description: command.description ?? '', outcome: command.outcome },
      ...{
        sinceOn: command.sinceOn ?? today,
        untilOn: command.untilOn ?? null,
        goalIds: command.goalIds ?? [],
      },
    };
    refuseOddPeriod(terms);
    await refuseTwin(tx, organisationId, null, terms.name);
    const id = newId();
    await tx.run(
      `INSERT INTO activities (id, coalition_id, organisation_id, name, description, outcome, since_on, until_on, added_by, added_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ...[id, coalitionId, organisationId, terms.name, terms.description, terms.outcome, terms.sinceOn],
        ...[terms.untilOn, tx.actor.personId ?? null, tx.now],
      ],
    );
    await setGoals(tx, coalitionId, id, terms.goalIds);
    await audit(tx, {
      coalitionId,
      action: 'activity.added',
      subject: { kind: 'activity', id },
      after: terms,
    });
    return this.read(tx, id);
  }

  async read(tx: Tx, activityId: string): Promise<ActivityAnswer> {
    const row = await tx.row<ActivityRow>(`${activities} WHERE a.id = $1`, [activityId]);
    if (!row) throw notFound('activity');
    const { today } = await coalitionCalendar(tx, row.coalitionId);
    return toActivityAnswer(row, today);
  }

  /** Those of a coalition: of one organisation, towards one goal, or towards none. */
  async list(tx: Tx, coalitionId: string, query: ActivitiesQuery): Promise<Page<ActivityAnswer>> {
    const { today } = await coalitionCalendar(tx, coalitionId);
    const hasGoal = `EXISTS (SELECT 1 FROM activity_goals l WHERE l.activity_id = a.id`;
    const page = await listPage<ActivityRow>(
      tx,
      {
        sql: `${activities} WHERE a.coalition_id = $1 AND ($2::uuid IS NULL OR a.organisation_id = $2)
          AND ($3::uuid IS NULL OR ${hasGoal} AND l.goal_id = $3))
          AND ($4::text IS NULL OR ($4 = 'aligned') = ${hasGoal}))
          AND ($5::text IS NULL OR $5 = CASE WHEN a.since_on > $6 THEN 'upcoming'
            WHEN a.until_on < $6 THEN 'ended' ELSE 'serving' END)`,
        parameters: [
          ...[coalitionId, query.organisationId ?? null, query.goalId ?? null, query.alignment ?? null],
          ...[query.standing ?? null, today],
        ],
        sorts: {
          organisation: { column: 'organisation', type: 'text' },
          name: { column: 'name', type: 'text' },
          sinceOn: { column: '"sinceOn"', type: 'date' },
        },
        defaultSort: 'organisation',
      },
      query,
    );
    return { ...page, items: page.items.map((row) => toActivityAnswer(row, today)) };
  }

  /** @throws staleVersion; ruleBroken or alreadyExists naming the field */
  async change(
    tx: Tx,
    activityId: string,
    version: number,
    command: ChangeActivity,
  ): Promise<ActivityAnswer> {
    const read = await this.read(tx, activityId);
    const before: Terms = {
      ...{ name: read.name, description: read.description, outcome: read.outcome },
      ...{ sinceOn: read.sinceOn, untilOn: read.untilOn, goalIds: read.goals.map(({ id }) => id) },
    };
    const after: Terms = {
      name: command.name ?? before.name,
      description: command.description === undefined ? before.description : (command.description ?? ''),
      outcome: command.outcome ?? before.outcome,
      sinceOn: command.sinceOn ?? before.sinceOn,
      untilOn: command.untilOn === undefined ? before.untilOn : command.untilOn,
      goalIds: command.goalIds ?? before.goalIds,
    };
    refuseOddPeriod(after);
    await refuseTwin(tx, read.organisationId, activityId, after.name);
    const changed = await tx.run(
      `UPDATE activities SET name = $3, description = $4, outcome = $5, since_on = $6, until_on = $7, version = version + 1
       WHERE id = $1 AND version = $2`,
      [activityId, version, after.name, after.description, after.outcome, after.sinceOn, after.untilOn],
    );
    if (changed !== 1)
      throw new DomainError('staleVersion', 'Somebody changed the activity meanwhile. Read it again.');
    await setGoals(tx, read.coalitionId, activityId, after.goalIds);
    const subject = { kind: 'activity', id: activityId };
    await audit(tx, { coalitionId: read.coalitionId, action: 'activity.changed', subject, before, after });
    return this.read(tx, activityId);
  }

  /** Ends an activity after its last day; it stays on record. @throws stateForbids, ruleBroken */
  async end(tx: Tx, activityId: string, command: EndPeriod): Promise<ActivityAnswer> {
    const before = await this.read(tx, activityId);
    if (before.standing === 'ended')
      throw new DomainError('stateForbids', `This activity ended on ${before.untilOn!} already.`);
    const { today } = await coalitionCalendar(tx, before.coalitionId);
    const untilOn = command.untilOn ?? (before.sinceOn > today ? before.sinceOn : today);
    return this.change(tx, activityId, before.version, { untilOn });
  }
}

/** @throws notFound */
export async function organisationOf(
  tx: Tx,
  organisationId: string,
): Promise<{ coalitionId: string; name: string }> {
  const organisation = await tx.row<{ coalitionId: string; name: string }>(
    `SELECT coalition_id AS "coalitionId", name FROM organisations WHERE id = $1`,
    [organisationId],
  );
  if (!organisation) throw notFound('organisation');
  return organisation;
}

async function refuseTwin(tx: Tx, organisationId: string, ownId: string | null, name: string): Promise<void> {
  const twin = await tx.row(
    `SELECT 1 FROM activities WHERE organisation_id = $1 AND id IS DISTINCT FROM $2 AND name = $3`,
    [organisationId, ownId, name],
  );
  if (twin)
    throw fieldError('alreadyExists', '/name', `The organisation has an activity called ${name} already.`);
}

async function setGoals(
  tx: Tx,
  coalitionId: string,
  activityId: string,
  goalIds: readonly string[],
): Promise<void> {
  const wanted = [...new Set(goalIds)];
  const known = await tx.rows(`SELECT 1 FROM goals WHERE coalition_id = $1 AND id = ANY ($2::uuid[])`, [
    coalitionId,
    wanted,
  ]);
  if (known.length < wanted.length)
    throw fieldError('ruleBroken', '/goalIds', 'Choose goals of this coalition.');
  await tx.run(`DELETE FROM activity_goals WHERE activity_id = $1`, [activityId]);
  await tx.run(
    `INSERT INTO activity_goals (coalition_id, activity_id, goal_id) SELECT $1, $2, goal FROM unnest($3::uuid[]) AS goal`,
    [coalitionId, activityId, wanted],
  );
}
