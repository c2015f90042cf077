import { Injectable } from '@nestjs/common';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import type { Tx } from '../../platform/database/tx.js';
import type { OutboxMessage } from '../../platform/outbox/outbox.js';
import {
  HandlesOccurrence,
  HandlesTopic,
  type MessageHandler,
  type OccurrenceHandler,
} from '../../platform/queue/handlers.js';
import type { DueOccurrence, Outcome } from '../../platform/queue/occurrences.js';
import { ConditionsService } from './conditions.service.js';

/** A report was accepted: conditions that asked for it, or for one that reaches less far, are met. */
@Injectable()
@HandlesTopic('report.accepted')
export class ReportAccepted implements MessageHandler {
  constructor(private readonly conditions: ConditionsService) {}

  async receive(tx: Tx, { coalitionId, payload }: OutboxMessage): Promise<void> {
    const { grantId, periodTo } = payload;
    if (grantId === undefined || periodTo === undefined) throw new Error('The message names no report.');
    const met = await tx.rows<{ id: string }>(
      `SELECT id FROM conditions WHERE grant_id = $1 AND kind = 'reportAccepted' AND state = 'open' AND on_day <= $2`,
      [grantId, periodTo],
    );
    const { today } = await coalitionCalendar(tx, coalitionId);
    await this.conditions.metByItself(
      tx,
      met.map(({ id }) => id),
      today,
    );
  }
}

/** A vote is closed: where it passed, conditions that waited for it are met. */
@Injectable()
@HandlesTopic('decision.closed')
export class DecisionClosed implements MessageHandler {
  constructor(private readonly conditions: ConditionsService) {}

  async receive(tx: Tx, { coalitionId, payload }: OutboxMessage): Promise<void> {
    const { decisionId } = payload;
    if (decisionId === undefined) throw new Error('The message names no decision.');
    const met = await tx.rows<{ id: string }>(
      `SELECT c.id FROM conditions c JOIN decisions d ON d.id = c.decision_id
       WHERE c.decision_id = $1 AND c.state = 'open' AND d.state = 'passed' ORDER BY c.id`,
      [decisionId],
    );
    const { today } = await coalitionCalendar(tx, coalitionId);
    await this.conditions.metByItself(
      tx,
      met.map(({ id }) => id),
      today,
    );
  }
}

/** The day has come before which nothing was to be paid. */
@Injectable()
@HandlesOccurrence('condition.day')
export class ConditionDay implements OccurrenceHandler {
  constructor(private readonly conditions: ConditionsService) {}

  async handle(tx: Tx, due: DueOccurrence[]): Promise<Outcome[]> {
    const { today } = await coalitionCalendar(tx, due[0]!.coalitionId);
    const ids = due.map(({ subjectId }) => subjectId);
    const there = await tx.rows<{ id: string }>(`SELECT id FROM conditions WHERE id = ANY ($1::uuid[])`, [
      ids,
    ]);
    const known = there.map(({ id }) => id);
    await this.conditions.metByItself(tx, known, today);
    return due.map(({ subjectId }): Outcome =>
      known.includes(subjectId)
        ? { state: 'done' }
        : { state: 'skipped', note: 'The condition is not there any more.' },
    );
  }
}
