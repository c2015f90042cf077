import type { Tx } from '../../../platform/database/tx.js';
import type { BankLine } from './bank-lines.read.js';
import type { Candidate } from './suggestions.rules.js';

/** How many documents of a kind a line is compared with, the likeliest first. */
const MOST = 20;

/**
 * Which documents of a kind these lines, or parts of them, may be: of their direction and not larger, or named by them;
 * none that a line was found to be already.
 * @param documents SQL of the columns `pool_id, id, label, amount, "on", standing, refs, end_to_end_id`: the amount signed
 *   as the bank would book it
 */
export function candidatesAmong(
  tx: Tx,
  kind: string,
  documents: string,
  lines: readonly BankLine[],
): Promise<Candidate[]> {
  return tx.rows<Candidate>(
    `WITH documents AS MATERIALIZED (
       SELECT d.* FROM (${documents}) AS d WHERE d.pool_id = ANY ($3::uuid[]) AND NOT EXISTS (
         SELECT 1 FROM bank_line_parts p WHERE p.kind = $2 AND p.subject_id = d.id AND (p.amount > 0) = (d.amount > 0)))
     SELECT l.id AS "lineId", $2 AS kind, c.id, c.label, c.amount, c."on", c.standing, array_remove(c.refs, NULL) AS "references",
       c.end_to_end_id AS "endToEndId"
     FROM bank_statement_lines l CROSS JOIN LATERAL (
       SELECT d.*, coalesce(d.end_to_end_id = upper(l.end_to_end_id), false) AS named,
         EXISTS (SELECT 1 FROM unnest(d.refs) AS r WHERE length(r) > 2
           AND position(upper(r) IN upper(l.reference || ' ' || l.remittance)) > 0) AS referred
       FROM documents d WHERE d.pool_id = l.pool_id AND (d.amount > 0) = (l.amount > 0)
       ORDER BY named DESC, referred DESC, d.amount = l.amount DESC, abs(d.amount) <= abs(l.amount) DESC,
         abs(d."on" - l.booked_on), d.id LIMIT ${MOST}) AS c
     WHERE l.id = ANY ($1::uuid[])
       AND (c.named OR c.referred OR abs(c.amount) <= abs(l.amount))`,
    [lines.map(({ id }) => id), kind, [...new Set(lines.map(({ poolId }) => poolId))]],
  );
}
