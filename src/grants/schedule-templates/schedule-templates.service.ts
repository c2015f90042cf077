import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { shapeOf } from '../grant-schedule.js';
import type { SaveScheduleTemplate } from './schedule-template.dto.js';
import { hasAmounts, requireShape } from './schedule-template.rules.js';
import { readTemplate, type ScheduleTemplateRow } from './schedule-templates.read.js';

/** Schedules kept under a name. Grants are drafted by a copy: whatever becomes of a template changes no grant. */
@Injectable()
export class ScheduleTemplatesService {
  /** @throws alreadyExists where the coalition has one of that name; ruleBroken naming the field */
  async save(tx: Tx, coalitionId: string, command: SaveScheduleTemplate): Promise<ScheduleTemplateRow> {
    const { shape, currency } = read(command);
    await refuseTwin(tx, coalitionId, command.name, null);
    const id = newId();
    await tx.run(
      `INSERT INTO schedule_templates (id, coalition_id, name, currency, shape, created_by, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        ...[id, coalitionId, command.name, currency, JSON.stringify(shape)],
        ...[tx.actor.personId ?? null, tx.now],
      ],
    );
    const after = await readTemplate(tx, id);
    await this.write(tx, after, 'scheduleTemplate.saved', { after });
    return after;
  }

  /** Replaces what a template says. @throws staleVersion, and as `save` */
  async change(
    tx: Tx,
    templateId: string,
    version: number,
    command: SaveScheduleTemplate,
  ): Promise<ScheduleTemplateRow> {
    const before = await readTemplate(tx, templateId);
    const { shape, currency } = read(command);
    await refuseTwin(tx, before.coalitionId, command.name, templateId);
    const changed = await tx.run(
      `UPDATE schedule_templates SET name = $3, currency = $4, shape = $5, version = version + 1
       WHERE id = $1 AND version = $2`,
      [templateId, version, command.name, currency, JSON.stringify(shape)],
    );
    if (changed !== 1)
      throw new DomainError('staleVersion', 'Somebody changed the template meanwhile. Look at it again.');
    const after = await readTemplate(tx, templateId);
    await this.write(tx, after, 'scheduleTemplate.changed', { before, after });
    return after;
  }

  /** Takes a template away. Grants that were drafted by it have their copies. */
  async remove(tx: Tx, templateId: string): Promise<ScheduleTemplateRow> {
    const before = await readTemplate(tx, templateId);
    await tx.run(`DELETE FROM schedule_templates WHERE id = $1`, [templateId]);
    await this.write(tx, before, 'scheduleTemplate.removed', { before });
    return before;
  }

  private write(
    tx: Tx,
    { id, coalitionId }: ScheduleTemplateRow,
    action: string,
    change: { before?: unknown; after?: unknown },
  ): Promise<void> {
    return audit(tx, { coalitionId, action, subject: { kind: 'scheduleTemplate', id }, ...change });
  }
}

function read(command: SaveScheduleTemplate) {
  const shape = shapeOf(command);
  const currency = hasAmounts(shape) ? (command.currency ?? null) : null;
  requireShape(shape, currency);
  return { shape, currency };
}

async function refuseTwin(tx: Tx, coalitionId: string, name: string, but: string | null): Promise<void> {
  const twin = await tx.row(
    `SELECT 1 FROM schedule_templates WHERE coalition_id = $1 AND name = $2 AND id IS DISTINCT FROM $3`,
    [coalitionId, name, but],
  );
  if (twin)
    throw fieldError('alreadyExists', '/name', `The coalition has a template called ${name} already.`);
}
