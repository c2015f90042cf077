import type { Tx } from '../../platform/database/tx.js';
import type { ToolkitItemKind } from './toolkit-item.entity.js';

/** Something that can be shared. */
export interface ToolkitChoice {
  kind: ToolkitItemKind;
  id: string;
  title: string;
}

/** SQL of all that can be shared, drafts and what was withdrawn left out. */
export const sharable = `(
  SELECT 'goal' AS kind, id, coalition_id, name AS title, NULL::timestamptz AS at FROM goals
  UNION ALL SELECT 'learningEntry', id, coalition_id, title, written_at FROM learning_entries WHERE withdrawn_at IS NULL
  UNION ALL SELECT 'decision', id, coalition_id, 'D-' || number || ' ' || title, closed_at FROM decisions
    WHERE state IN ('passed', 'failed'))`;

/** The newest first, kind by kind. */
export const choicesOf = (tx: Tx, coalitionId: string): Promise<ToolkitChoice[]> =>
  tx.rows(
    `SELECT kind, id, title FROM ${sharable} AS s WHERE coalition_id = $1 ORDER BY kind, at DESC NULLS LAST, title, id LIMIT 2000`,
    [coalitionId],
  );
