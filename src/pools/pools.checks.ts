import { type Check, everyRow } from '../platform/verify/check.js';

/** What is always true of money in. */
export const poolsChecks: Check[] = [
  everyRow(
    'the instalments of every pledge sum to it',
    `(SELECT p.id, p.reference, p.amount, coalesce(sum(i.amount), 0) AS planned FROM pledges p
      LEFT JOIN pledge_instalments i ON i.pledge_id = p.id GROUP BY p.id) AS pledge`,
    `planned <> amount`,
    `'pledge ' || reference || ' off by ' || (planned - amount)`,
  ),
  everyRow(
    'what every pledge instalment has received is what contributions were applied to it',
    `(SELECT i.id, i.received, coalesce(sum(a.amount), 0) AS applied FROM pledge_instalments i
      LEFT JOIN contribution_applications a ON a.pledge_instalment_id = i.id GROUP BY i.id) AS instalment`,
    `received <> applied`,
    `'pledge instalment ' || id`,
  ),
  everyRow(
    'what is receivable of every pledge is its open part, and nothing once it has ended',
    `(SELECT p.id, p.reference, coalesce(account.balance, 0) AS booked,
        CASE WHEN p.state IN ('signed', 'fulfilled') THEN coalesce(coming.total, 0) ELSE 0 END AS open
      FROM pledges p
      LEFT JOIN (SELECT pledge_id, sum(amount - received) AS total FROM pledge_instalments GROUP BY pledge_id) AS coming
        ON coming.pledge_id = p.id
      LEFT JOIN (SELECT subject_id, sum(balance) AS balance FROM accounts WHERE kind = 'pledgesReceivable'
        GROUP BY subject_id) AS account ON account.subject_id = p.id) AS receivable`,
    `open <> booked`,
    `'pledge ' || reference || ': the ledger says ' || booked || ', instalments say ' || open`,
  ),
  everyRow(
    'the versions of every pledge follow each other, down to what it is now',
    `(SELECT c.number, row_number() OVER w AS place, c.amount_before, lag(c.amount_after) OVER w AS earlier,
        lead(c.number) OVER w AS next, c.amount_after, p.amount, p.reference
      FROM pledge_changes c JOIN pledges p ON p.id = c.pledge_id
      WINDOW w AS (PARTITION BY c.pledge_id ORDER BY c.number)) AS version`,
    `number <> place OR amount_before <> earlier OR (next IS NULL AND amount_after NOT IN (0, amount))`,
    `'pledge ' || reference || ', version ' || number`,
  ),
  everyRow(
    'no contribution is applied beyond itself',
    `(SELECT c.id, c.amount, c.paid_amount, c.paid_currency, coalesce(sum(a.amount), 0) AS applied, min(p.currency) AS currency
      FROM contributions c LEFT JOIN contribution_applications a ON a.contribution_id = c.id
      LEFT JOIN pledge_instalments i ON i.id = a.pledge_instalment_id LEFT JOIN pledges p ON p.id = i.pledge_id
      GROUP BY c.id) AS contribution`,
    `applied > CASE WHEN currency = paid_currency THEN paid_amount ELSE amount END`,
    `'contribution ' || id`,
  ),
  everyRow(
    'every contribution settles promises in one currency, that in which it arrived or was paid',
    `contribution_applications a JOIN contributions c ON c.id = a.contribution_id
      JOIN pledge_instalments i ON i.id = a.pledge_instalment_id JOIN pledges p ON p.id = i.pledge_id`,
    `(p.currency <> c.currency AND p.currency IS DISTINCT FROM c.paid_currency) OR EXISTS (
       SELECT 1 FROM contribution_applications b JOIN pledge_instalments j ON j.id = b.pledge_instalment_id
       JOIN pledges o ON o.id = j.pledge_id WHERE b.contribution_id = c.id AND o.currency <> p.currency)`,
    `'contribution ' || c.id`,
  ),
  everyRow(
    'restricted money settles promises of its own restriction or of none, and unrestricted money none that is restricted',
    `contribution_applications a JOIN contributions c ON c.id = a.contribution_id
      JOIN pledge_instalments i ON i.id = a.pledge_instalment_id JOIN pledges p ON p.id = i.pledge_id`,
    `coalesce(p.earmark_goal_id, p.earmark_grant_id) IS NOT NULL AND coalesce(p.earmark_goal_id, p.earmark_grant_id)
       IS DISTINCT FROM coalesce(c.earmark_goal_id, c.earmark_grant_id)`,
    `'contribution ' || c.id`,
  ),
  everyRow(
    'every contribution is what came into the cash account, and its fee what the host is owed',
    `(SELECT c.id, c.reversed_at, c.amount, c.fee, sum(p.amount) FILTER (WHERE a.kind = 'cash') AS cash,
        coalesce(-sum(p.amount) FILTER (WHERE a.kind = 'feesPayable'), 0) AS fees
      FROM contributions c JOIN journal_entries e ON e.document_id = c.id JOIN postings p ON p.entry_id = e.id
      JOIN accounts a ON a.id = p.account_id GROUP BY c.id) AS contribution`,
    `CASE WHEN reversed_at IS NULL THEN cash <> amount OR fees <> fee ELSE cash <> 0 OR fees <> 0 END`,
    `'contribution ' || id`,
  ),
  everyRow(
    'a pledge is fulfilled exactly when nothing of it is left to come',
    `(SELECT p.reference, p.state, bool_and(i.received = i.amount) AS whole FROM pledges p
      JOIN pledge_instalments i ON i.pledge_id = p.id WHERE p.state IN ('signed', 'fulfilled') GROUP BY p.id) AS pledge`,
    `(state = 'fulfilled') <> whole`,
    `'pledge ' || reference || ' is ' || state`,
  ),
  everyRow(
    'every funder is credited what it contributed, less the fees on it',
    `(SELECT f.pool_id, f.funder_id, sum(f.contributed) AS contributed, sum(f.credited) AS credited FROM (
        SELECT pool_id, funder_id, amount - fee AS contributed, 0 AS credited FROM contributions WHERE reversed_at IS NULL
        UNION ALL
        SELECT a.pool_id, a.subject_id, 0, -p.amount FROM postings p JOIN accounts a ON a.id = p.account_id
        JOIN journal_entries e ON e.id = p.entry_id WHERE a.kind = 'fundBalance' AND e.document_kind = 'contribution') AS f
      GROUP BY f.pool_id, f.funder_id) AS funder`,
    `contributed <> credited`,
    `'funder ' || funder_id || ' contributed ' || contributed || ', the ledger says ' || credited`,
  ),
  everyRow(
    'the fund balances of every pool are what was contributed and what bonds left over, less fees, charges, exchange differences, what was paid out and not returned, and what was refunded',
    `(SELECT l.id, l.name, coalesce(sum(-a.balance), 0) AS held,
        (SELECT coalesce(sum(c.amount - c.fee), 0) FROM contributions c WHERE c.pool_id = l.id AND c.reversed_at IS NULL)
        - (SELECT coalesce(sum(d.amount + d.fee), 0) FROM disbursements d WHERE d.pool_id = l.id AND d.state = 'settled')
        + (SELECT coalesce(sum(r.amount), 0) FROM grant_returns r WHERE r.pool_id = l.id AND r.reversed_at IS NULL)
        + (SELECT coalesce(sum(c.surplus), 0) FROM bond_closings c WHERE c.pool_id = l.id AND c.state = 'closed')
        - (SELECT coalesce(sum(r.amount), 0) FROM refunds r WHERE r.pool_id = l.id AND r.state = 'paid')
        - (SELECT coalesce(sum(b.amount), 0) FROM bank_charges b WHERE b.pool_id = l.id AND b.reversed_at IS NULL)
        - (SELECT coalesce(-sum(p.amount), 0) FROM journal_entries e JOIN postings p ON p.entry_id = e.id JOIN accounts x ON x.id = p.account_id
           WHERE e.pool_id = l.id AND e.kind = 'exchangeDifference.shared' AND x.kind = 'exchangeDifference') AS due
      FROM pools l LEFT JOIN accounts a ON a.pool_id = l.id AND a.kind = 'fundBalance' GROUP BY l.id) AS pool`,
    `held <> due`,
    `'pool ' || name || ' holds ' || held || ', and should hold ' || due`,
  ),
  everyRow(
    'the shares of every refund are the whole, and what the ledger took from each funder',
    `(SELECT r.id, r.amount, r.state, (SELECT sum(s.amount) FROM refund_shares s WHERE s.refund_id = r.id) AS shared,
        (SELECT coalesce(sum(abs(s.amount - coalesce((SELECT sum(p.amount) FROM postings p JOIN accounts a ON a.id = p.account_id
           WHERE p.entry_id = r.entry_id AND a.kind = 'fundBalance' AND a.subject_id = s.funder_id), 0))), 0)
         FROM refund_shares s WHERE s.refund_id = r.id) AS off
      FROM refunds r) AS refund`,
    `amount <> shared OR (state = 'paid' AND off <> 0)`,
    `'refund ' || id`,
  ),
  everyRow(
    'what every host is owed is what was charged for it, less what it was paid',
    `(SELECT a.pool_id, a.subject_id, -a.balance AS owed,
        (SELECT coalesce(sum(-p.amount), 0) FROM postings p JOIN journal_entries e ON e.id = p.entry_id
         WHERE p.account_id = a.id AND e.kind LIKE 'fee.charged%') AS charged,
        (SELECT coalesce(sum(f.amount), 0) FROM fee_payments f WHERE f.pool_id = a.pool_id AND f.host_id = a.subject_id
           AND f.state = 'paid') AS paid
      FROM accounts a WHERE a.kind = 'feesPayable') AS host`,
    `owed <> charged - paid`,
    `'host ' || subject_id || ' is owed ' || owed || ', charged ' || charged || ', paid ' || paid`,
  ),
  everyRow(
    'the fee on every payment is what its funders bore of it',
    `(SELECT d.id, CASE WHEN d.state = 'settled' THEN d.fee ELSE 0 END AS fee, coalesce(sum(p.amount), 0) AS borne
      FROM disbursements d LEFT JOIN journal_entries e ON e.document_id = d.id AND e.kind LIKE 'fee.charged%'
      LEFT JOIN (postings p JOIN accounts a ON a.id = p.account_id AND a.kind = 'fundBalance') ON p.entry_id = e.id
      GROUP BY d.id) AS payment`,
    `fee <> borne`,
    `'disbursement ' || id || ' has a fee of ' || fee || ', borne ' || borne`,
  ),
  everyRow(
    'every bank charge is what left the cash account, and what the funders bore',
    `(SELECT c.id, CASE WHEN c.reversed_at IS NULL THEN c.amount ELSE 0 END AS due,
        coalesce(-sum(p.amount) FILTER (WHERE a.kind = 'cash'), 0) AS cash,
        coalesce(sum(p.amount) FILTER (WHERE a.kind = 'fundBalance'), 0) AS borne
      FROM bank_charges c JOIN journal_entries e ON e.document_id = c.id JOIN postings p ON p.entry_id = e.id
      JOIN accounts a ON a.id = p.account_id GROUP BY c.id) AS charge`,
    `cash <> due OR borne <> due`,
    `'bank charge ' || id`,
  ),
  everyRow(
    'every pool is looked at for its funding cliff once a month',
    `(SELECT p.id, p.name, count(o.id) AS waiting FROM pools p LEFT JOIN occurrences o
        ON o.kind = 'pool.watch' AND o.subject_id = p.id AND o.state = 'waiting' GROUP BY p.id) AS pool`,
    `waiting <> 1`,
    `'pool ' || name || ' has ' || waiting || ' looks ahead'`,
  ),
  everyRow(
    'every notice of a funding cliff was sent before the cliff, or in its month',
    `cliff_notices n JOIN pools p ON p.id = n.pool_id`,
    `to_char(n.told_at, 'YYYY-MM') > n.cliff_month`,
    `'pool ' || p.name || ', cliff ' || n.cliff_month`,
  ),
];
