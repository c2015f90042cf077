import type { Tx } from '../platform/database/tx.js';

const most = 5_000;

/** The organisations of a coalition by name, as the options of a form's field. */
export function organisationChoices(
  tx: Tx,
  coalitionId: string,
): Promise<{ value: string; label: string }[]> {
  return tx.rows<{ value: string; label: string }>(
    `SELECT id AS value, name AS label FROM organisations WHERE coalition_id = $1 ORDER BY name LIMIT ${most}`,
    [coalitionId],
  );
}
