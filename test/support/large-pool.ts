import type { TestApp } from './app.js';
import { award, foundCoalition, fund, type TestCoalition } from './coalition.js';

/** How a round of entries looks: three contributions of two postings, two payments of six. */
const POSTINGS_PER_ROUND = 3 * 2 + 2 * 6;
const FUNDERS = 40;

/**
 * A pool of many postings over ten years: the funders give, three of them pay each instalment of a grant. Written behind
 * the ledger's triggers, for its length; the tests that use it hold the result to the ledger's laws.
 * @param postings about this many
 */
export async function largePool(app: TestApp, postings: number): Promise<TestCoalition> {
  const coalition = await foundCoalition(app, 'Great Plains');
  await fund(coalition, '1000000.00');
  const grantId = await award(coalition, {
    ...{ amount: '999999.00', startOn: '2026-12-01', endOn: '2031-12-31' },
    ...{ firstOn: '2026-12-01', everyMonths: 1, equalInstalments: 60 },
  });
  const rounds = Math.ceil(postings / POSTINGS_PER_ROUND);
  await app.asSuperuser(`
    SET session_replication_role = replica;
    CREATE TEMPORARY TABLE the AS SELECT '${coalition.id}'::uuid AS coalition, '${coalition.poolId}'::uuid AS pool,
      '${grantId}'::uuid AS grant_id, (SELECT id FROM persons LIMIT 1) AS person;
    CREATE TEMPORARY TABLE giver AS SELECT n, uuidv7() AS id, uuidv7() AS account FROM generate_series(0, ${FUNDERS - 1}) AS n;
    INSERT INTO organisations (id, coalition_id, name, sector, created_at)
      SELECT id, coalition, 'Foundation no. ' || lpad(n::text, 2, '0'), 'third', now() FROM giver, the;
    INSERT INTO accounts (id, coalition_id, pool_id, book, kind, subject_id, currency)
      SELECT account, coalition, pool, 'actual', 'fundBalance', id, 'GBP' FROM giver, the;
    CREATE TEMPORARY TABLE entry AS
      SELECT uuidv7() AS id, r, k, (date '2016-12-01' + (r::bigint * 3640 / ${rounds})::int) AS day,
        (10000 + (r * 7919 + k * 104729) % 90000)::bigint AS amount
      FROM generate_series(0, ${rounds - 1}) AS r, generate_series(1, 5) AS k;
    INSERT INTO journal_entries (id, coalition_id, pool_id, kind, description, occurred_on, recorded_at, idempotency_key,
        input_hash, person_id, document_kind, document_id)
      SELECT entry.id, coalition, pool, CASE WHEN k <= 3 THEN 'contribution.received' ELSE 'disbursement.settled' END,
        CASE WHEN k <= 3 THEN 'Contribution ' ELSE 'Instalment ' END || r || '/' || k, day,
        day::timestamptz + interval '36 hours' + k * interval '1 minute', 'large-' || r || '-' || k, 'none', person,
        CASE WHEN k <= 3 THEN 'contribution' ELSE 'disbursement' END, entry.id
      FROM entry, the;
    INSERT INTO postings (coalition_id, entry_id, account_id, amount)
      SELECT coalition, entry.id, a.id, CASE WHEN k <= 3 THEN amount * 2 ELSE -amount END
      FROM entry, the JOIN accounts a ON a.pool_id = pool AND a.kind = 'cash';
    INSERT INTO postings (coalition_id, entry_id, account_id, amount)
      SELECT coalition, entry.id, account, -2 * amount FROM entry JOIN giver ON n = (r * 3 + k) % ${FUNDERS}, the WHERE k <= 3;
    INSERT INTO postings (coalition_id, entry_id, account_id, amount)
      SELECT coalition, entry.id, account, CASE s WHEN 1 THEN amount - 2 * (amount / 3) ELSE amount / 3 END
      FROM entry CROSS JOIN generate_series(1, 3) AS s JOIN giver ON n = (r * 3 + s) % ${FUNDERS}, the WHERE k > 3;
    CREATE TEMPORARY TABLE promise AS SELECT uuidv7() AS id, sum(amount)::bigint AS amount FROM entry WHERE k > 3;
    INSERT INTO journal_entries (id, coalition_id, pool_id, kind, description, occurred_on, recorded_at, idempotency_key,
        input_hash, person_id, document_kind, document_id)
      SELECT id, coalition, pool, 'grant.awarded', 'All that is paid', '2016-11-30', '2016-11-30T12:00:00Z', 'large', 'none',
        person, 'grant', grant_id FROM promise, the;
    INSERT INTO postings (coalition_id, entry_id, account_id, amount)
      SELECT coalition, promise.id, a.id, CASE a.kind WHEN 'committedToGrants' THEN amount ELSE -amount END
      FROM promise, the JOIN accounts a ON a.pool_id = pool AND a.kind IN ('committedToGrants', 'grantsOutstanding')
      UNION ALL
      SELECT coalition, entry.id, a.id, CASE a.kind WHEN 'committedToGrants' THEN -amount ELSE amount END
      FROM entry, the JOIN accounts a ON a.pool_id = pool AND a.kind IN ('committedToGrants', 'grantsOutstanding') WHERE k > 3;
    INSERT INTO instalments (id, coalition_id, grant_id, pool_id, number, nominal_on, due_on, amount, state)
      SELECT id, coalition, grant_id, pool, 100 + 2 * r + k, day, day, amount, 'paid' FROM entry, the WHERE k > 3;
    INSERT INTO disbursements (id, coalition_id, pool_id, grant_id, instalment_id, amount, currency, state, approval_id,
        made_by, made_at, bank_reference, paid_on, settled_by, entry_id)
      SELECT id, coalition, pool, grant_id, id, amount, 'GBP', 'settled', id, person, day::timestamptz,
        'LARGE ' || r || '/' || k, day, person, id
      FROM entry, the WHERE k > 3;
    UPDATE accounts a SET balance = s.total
      FROM (SELECT account_id, sum(amount)::bigint AS total FROM postings GROUP BY account_id) s WHERE s.account_id = a.id;
    INSERT INTO account_days (coalition_id, account_id, day, debit, credit)
      SELECT p.coalition_id, account_id, occurred_on, coalesce(sum(amount) FILTER (WHERE amount > 0), 0),
        coalesce(-sum(amount) FILTER (WHERE amount < 0), 0)
      FROM postings p JOIN journal_entries e ON e.id = entry_id GROUP BY 1, 2, 3
      ON CONFLICT (account_id, day) DO UPDATE SET debit = excluded.debit, credit = excluded.credit;
    ANALYZE instalments; ANALYZE disbursements; ANALYZE account_days; ANALYZE journal_entries; ANALYZE postings; ANALYZE accounts;
  `);
  return coalition;
}
