import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { listPage, type ListQuery, type Page } from '../../platform/http/list.js';
import type { ScheduleShape } from '../grant-schedule.js';

export interface ScheduleTemplateRow {
  id: string;
  coalitionId: string;
  name: string;
  currency: string | null;
  shape: ScheduleShape;
  version: number;
}

const templates = `SELECT id, coalition_id AS "coalitionId", name, currency, shape, version FROM schedule_templates`;

/** @throws notFound */
export async function readTemplate(tx: Tx, templateId: string): Promise<ScheduleTemplateRow> {
  const template = await tx.row<ScheduleTemplateRow>(`${templates} WHERE id = $1`, [templateId]);
  if (!template) throw notFound('schedule template');
  return template;
}

export const listTemplates = (
  tx: Tx,
  coalitionId: string,
  query: ListQuery,
): Promise<Page<ScheduleTemplateRow>> =>
  listPage<ScheduleTemplateRow>(
    tx,
    {
      sql: `${templates} WHERE coalition_id = $1`,
      parameters: [coalitionId],
      sorts: { name: { column: 'name', type: 'text' } },
      defaultSort: 'name',
    },
    query,
  );

const mostChoices = 100;

/** The templates that a grant in this currency can be drafted by, by name. */
export const templateChoices = (
  tx: Tx,
  coalitionId: string,
  currency: string,
): Promise<ScheduleTemplateRow[]> =>
  tx.rows<ScheduleTemplateRow>(
    `${templates} WHERE coalition_id = $1 AND (currency IS NULL OR currency = $2) ORDER BY name LIMIT ${mostChoices}`,
    [coalitionId, currency],
  );
