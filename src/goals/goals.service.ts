import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../coalitions/coalition.js';
import { audit } from '../platform/audit/audit.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, fieldError, notFound } from '../platform/errors/domain-error.js';
import { containing, listPage, type Page } from '../platform/http/list.js';
import {
  type AddGoal,
  type ChangeGoal,
  type GoalAnswer,
  type GoalRow,
  type GoalsQuery,
  toGoalAnswer,
} from './goal.dto.js';
import { changedGoal, type GoalTerms, refuseHorizon } from './goal.rules.js';
import { keepVersion } from './versions/goal-versions.js';

const goals = `SELECT id, coalition_id AS "coalitionId", name, description, horizon_on AS "horizonOn",
  created_at AS "createdAt", version FROM goals`;

/** The long-term results that a coalition pursues. */
@Injectable()
export class GoalsService {
  /** @throws ruleBroken where the horizon does not lie ahead, alreadyExists where the name is taken */
  async add(tx: Tx, coalitionId: string, command: AddGoal): Promise<GoalAnswer> {
    const { today } = await coalitionCalendar(tx, coalitionId);
    const after: GoalTerms = {
      name: command.name,
      description: command.description ?? '',
      horizonOn: command.horizonOn,
    };
    refuseHorizon(after.horizonOn, today);
    await refuseTwin(tx, coalitionId, null, after.name);
    const id = newId();
    await tx.run(
      `INSERT INTO goals (id, coalition_id, name, description, horizon_on, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [id, coalitionId, after.name, after.description, after.horizonOn, tx.now],
    );
    await keepVersion(tx, { id, coalitionId, number: 1 }, after, '');
    await audit(tx, { coalitionId, action: 'goal.added', subject: { kind: 'goal', id }, after });
    return this.read(tx, id);
  }

  async read(tx: Tx, goalId: string): Promise<GoalAnswer> {
    const row = await tx.row<GoalRow>(`${goals} WHERE id = $1`, [goalId]);
    if (!row) throw notFound('goal');
    return toGoalAnswer(row);
  }

  async list(tx: Tx, coalitionId: string, query: GoalsQuery): Promise<Page<GoalAnswer>> {
    const page = await listPage<GoalRow>(
      tx,
      {
        sql: `${goals} WHERE coalition_id = $1 AND ($2::date IS NULL OR horizon_on >= $2)
          AND ($3::date IS NULL OR horizon_on <= $3) AND ($4::text IS NULL OR name ILIKE $4)`,
        parameters: [
          coalitionId,
          query['horizonOn.gte'] ?? null,
          query['horizonOn.lte'] ?? null,
          containing(query.name),
        ],
        sorts: {
          horizonOn: { column: '"horizonOn"', type: 'date' },
          name: { column: 'name', type: 'text' },
          createdAt: { column: '"createdAt"', type: 'timestamptz' },
        },
        defaultSort: 'horizonOn',
      },
      query,
    );
    return { ...page, items: page.items.map(toGoalAnswer) };
  }

  /** @throws staleVersion, ruleBroken where a moved horizon does not lie ahead, alreadyExists */
  async change(tx: Tx, goalId: string, version: number, command: ChangeGoal): Promise<GoalAnswer> {
    const { coalitionId, name, description, horizonOn } = await this.read(tx, goalId);
    const before: GoalTerms = { name, description, horizonOn };
    const { today } = await coalitionCalendar(tx, coalitionId);
    const after = changedGoal(before, command, today);
    await refuseTwin(tx, coalitionId, goalId, after.name);
    const changed = await tx.run(
      `UPDATE goals SET name = $3, description = $4, horizon_on = $5, version = version + 1
       WHERE id = $1 AND version = $2`,
      [goalId, version, after.name, after.description, after.horizonOn],
    );
    if (changed !== 1) {
      throw new DomainError('staleVersion', 'Somebody changed the goal meanwhile. Read it again.');
    }
    const reason = command.reason ?? '';
    await keepVersion(tx, { id: goalId, coalitionId, number: version + 1 }, after, reason);
    await audit(tx, {
      coalitionId,
      action: 'goal.changed',
      subject: { kind: 'goal', id: goalId },
      before,
      after,
      reason: reason || undefined,
    });
    return this.read(tx, goalId);
  }
}

/** Refuses a name that another goal of the coalition has; the table's own rule settles a race. */
async function refuseTwin(tx: Tx, coalitionId: string, ownId: string | null, name: string): Promise<void> {
  const twin = await tx.row(
    `SELECT 1 FROM goals WHERE coalition_id = $1 AND id IS DISTINCT FROM $2 AND name = $3`,
    [coalitionId, ownId, name],
  );
  if (twin) throw fieldError('alreadyExists', '/name', `The coalition has a goal called ${name} already.`);
}
