import { v7 as newId } from 'uuid';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { conditionText } from '../conditions/condition.rules.js';
import type { GrantRow } from '../grants.read.js';
import { type Happening, termsOf, type Trigger } from './trigger.rules.js';

/**
 * Ties the triggers of a grant that is being awarded to its conditions: to one that was agreed already and asks for the
 * same, or else to a new one that holds nothing by itself. Whoever holds the grant calls it.
 */
export async function linkConditions<Line extends { after: Trigger | null }>(
  tx: Tx,
  grant: GrantRow,
  lines: readonly Line[],
): Promise<Line[]> {
  const linked: Line[] = [];
  for (const line of lines) {
    const { after } = line;
    const conditionId = after && (await conditionFor(tx, grant, after));
    linked.push(after ? { ...line, after: { ...after, conditionId } } : line);
  }
  return linked;
}

/** The condition of a grant that asks for this: one that it has, or else a new one that holds nothing by itself. */
export async function conditionFor(tx: Tx, grant: GrantRow, trigger: Happening): Promise<string | null> {
  const terms = termsOf(trigger);
  if (terms === null) return null;
  const same = await tx.row<{ id: string }>(
    `SELECT id FROM conditions WHERE grant_id = $1 AND kind = $2 AND subject = $3
       AND on_day IS NOT DISTINCT FROM $4 AND match_amount IS NOT DISTINCT FROM $5::bigint
     ORDER BY applies_from NULLS LAST, added_at, id LIMIT 1`,
    [grant.id, terms.kind, terms.subject, terms.onDay, terms.matchAmount],
  );
  if (same) return same.id;
  const id = newId();
  await tx.run(
    `INSERT INTO conditions (id, coalition_id, grant_id, kind, subject, on_day, match_amount, state, added_by, added_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $9)`,
    [
      ...[id, grant.coalitionId, grant.id, terms.kind, terms.subject, terms.onDay, terms.matchAmount],
      ...[tx.actor.personId ?? null, tx.now],
    ],
  );
  await audit(tx, {
    coalitionId: grant.coalitionId,
    action: 'condition.added',
    subject: { kind: 'grant', id: grant.id },
    after: { condition: conditionText(terms, grant.currency) },
  });
  return id;
}
