import { type Check, everyRow } from '../../platform/verify/check.js';

/** What is always true of money that partners gave back. */
export const returnsChecks: Check[] = [
  everyRow(
    'every return of a grant is what came into the cash account, and what its funders got back',
    `(SELECT r.id, CASE WHEN r.reversed_at IS NULL THEN r.amount ELSE 0 END AS stands,
        coalesce(sum(p.amount) FILTER (WHERE a.kind = 'cash'), 0) AS cash,
        coalesce(-sum(p.amount) FILTER (WHERE a.kind = 'fundBalance'), 0) AS funders
      FROM grant_returns r LEFT JOIN journal_entries e ON e.document_id = r.id
      LEFT JOIN postings p ON p.entry_id = e.id LEFT JOIN accounts a ON a.id = p.account_id GROUP BY r.id) AS returned`,
    `cash <> stands OR funders <> stands`,
    `'return ' || id`,
  ),
  everyRow(
    'no funder got back more of a grant than it paid, with the restriction it paid with',
    `(SELECT d.grant_id, p.account_id, sum(p.amount) AS paid
      FROM (SELECT id, grant_id FROM disbursements UNION ALL SELECT id, grant_id FROM grant_returns) AS d
      JOIN journal_entries e ON e.document_id = d.id AND (e.kind LIKE 'disbursement.%' OR e.kind LIKE 'grantReturn.%')
      JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id AND a.kind = 'fundBalance'
      GROUP BY d.grant_id, p.account_id) AS share`,
    `paid < 0`,
    `'account ' || account_id || ' of grant ' || grant_id`,
  ),
];
