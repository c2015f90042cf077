import { heldForBondsSql } from '../../ledger/chart-of-accounts.js';
import { type Check, everyRow } from '../../platform/verify/check.js';

/** SQL: an amount that JSON keeps in major units with all the currency's digits, in minor units. */
const minor = (text: string) => `replace(${text}, '.', '')::bigint`;

/** What is always true of the investors of bonds. */
export const investorsChecks: Check[] = [
  everyRow(
    'what every call of a bond has received is the sum of its receipts',
    `(SELECT c.id, c.received, coalesce(sum(r.amount) FILTER (WHERE r.reversed_at IS NULL), 0) AS came
      FROM drawdown_calls c LEFT JOIN drawdown_receipts r ON r.call_id = c.id GROUP BY c.id) AS call`,
    `received <> came`,
    `'call ' || id || ' says ' || received || ', receipts ' || came`,
  ),
  everyRow(
    'no investor of a bond was called for more than the highest commitment that it ever signed',
    `(SELECT y.id, (SELECT max(${minor('t.commitment')}) FROM bond_versions v
          CROSS JOIN LATERAL jsonb_to_recordset(v.terms -> 'investors') AS t ("organisationId" uuid, commitment text)
          WHERE v.bond_id = y.bond_id AND v.state = 'signed' AND t."organisationId" = y.organisation_id) AS committed,
        (SELECT coalesce(sum(CASE WHEN c.cancelled_at IS NULL THEN c.amount ELSE c.received END), 0) FROM drawdown_calls c
          WHERE c.party_id = y.id AND c.kind = 'drawdown') AS called
      FROM bond_parties y WHERE y.role = 'investor') AS investor`,
    `called > coalesce(committed, 0)`,
    `'investor ' || id || ' committed ' || coalesce(committed, 0) || ', called ' || called`,
  ),
  everyRow(
    'the capital of every investor of an open bond is what came from it less what was returned, and its return what it was paid beyond',
    `(SELECT y.id, b.state,
        (SELECT coalesce(sum(c.received), 0) FROM drawdown_calls c WHERE c.party_id = y.id AND c.kind = 'drawdown')
          - (SELECT coalesce(sum(s.capital), 0) FROM distribution_shares s JOIN distributions d ON d.id = s.distribution_id
             WHERE s.party_id = y.id AND d.state = 'paid') AS capital,
        (SELECT coalesce(sum(s.income), 0) FROM distribution_shares s JOIN distributions d ON d.id = s.distribution_id
          WHERE s.party_id = y.id AND d.state = 'paid') AS income,
        coalesce((SELECT -sum(a.balance) FROM accounts a WHERE a.kind = 'investorCapital' AND a.subject_id = y.id), 0) AS booked,
        coalesce((SELECT sum(a.balance) FROM accounts a WHERE a.kind = 'investorReturn' AND a.subject_id = y.id), 0) AS earned
      FROM bond_parties y JOIN bonds b ON b.id = y.bond_id WHERE y.role = 'investor') AS investor`,
    `state <> 'closed' AND (capital <> booked OR income <> earned)`,
    `'investor ' || id || ' has ' || capital || ' in it and earned ' || income || ', the ledger says ' || booked || ' and ' || earned`,
  ),
  everyRow(
    'every distribution that was paid is its entry: cash, capital, return and cost',
    `(SELECT d.id, d.amount, d.fee + d.for_provider AS others,
        (SELECT coalesce(sum(s.capital), 0) FROM distribution_shares s WHERE s.distribution_id = d.id) AS capital,
        (SELECT coalesce(sum(s.income), 0) FROM distribution_shares s WHERE s.distribution_id = d.id) AS income,
        -coalesce(sum(p.amount) FILTER (WHERE a.kind = 'cash'), 0) AS cash,
        coalesce(sum(p.amount) FILTER (WHERE a.kind = 'investorCapital'), 0) AS booked_capital,
        coalesce(sum(p.amount) FILTER (WHERE a.kind = 'investorReturn'), 0) AS booked_income,
        coalesce(sum(p.amount) FILTER (WHERE a.kind = 'programmeCost'), 0) AS booked_cost
      FROM distributions d JOIN postings p ON p.entry_id = d.entry_id JOIN accounts a ON a.id = p.account_id
      WHERE d.state = 'paid' GROUP BY d.id) AS distribution`,
    `cash <> amount OR booked_capital <> capital OR booked_income <> income OR booked_cost <> others
      OR amount <> capital + income + others`,
    `'distribution ' || id`,
  ),
  everyRow(
    'every distribution is what was approved, and every one that is approved or paid has its approval',
    `distributions d JOIN approvals a ON a.id = d.approval_id`,
    `a.subject_id <> d.id OR ${minor(`(a.content ->> 'amount')`)} <> d.amount OR a.content ->> 'asOf' <> d.as_of::text
      OR a.content ->> 'workingSha256' <> encode(sha256(convert_to(canonical_json(d.working), 'UTF8')), 'hex')
      OR (d.state IN ('approved', 'paid') AND a.state <> 'approved')`,
    `'distribution ' || d.id`,
  ),
  everyRow(
    'the tiers of every distribution and what remains are what was available, and its investors’ parts are theirs in the tiers',
    `(SELECT d.id, d.available, d.remaining, d.amount, d.for_pool,
        (SELECT sum(${minor(`(t ->> 'paid')`)}) FROM jsonb_array_elements(d.working -> 'result' -> 'tiers') AS t) AS tiers,
        (SELECT coalesce(sum(${minor('i')}), 0) FROM jsonb_array_elements(d.working -> 'result' -> 'tiers') AS t
          CROSS JOIN LATERAL jsonb_array_elements_text(t -> 'perInvestor') AS i) AS investors,
        (SELECT coalesce(sum(s.capital + s.income), 0) FROM distribution_shares s WHERE s.distribution_id = d.id) AS shares
      FROM distributions d) AS distribution`,
    `tiers + remaining <> available OR investors <> shares OR tiers <> amount + for_pool`,
    `'distribution ' || id`,
  ),
  everyRow(
    'every advance to a provider is what was approved and what its entry says',
    `(SELECT v.id, v.amount, v.state, ${minor(`(a.content ->> 'amount')`)} AS approved, a.subject_id, a.state AS verdict,
        (SELECT -sum(p.amount) FROM postings p JOIN accounts c ON c.id = p.account_id AND c.kind = 'cash'
          WHERE p.entry_id = v.entry_id) AS cash
      FROM provider_advances v JOIN approvals a ON a.id = v.approval_id) AS advance`,
    `subject_id <> id OR approved <> amount OR (state IN ('approved', 'paid') AND verdict <> 'approved')
      OR (state = 'paid' AND cash IS DISTINCT FROM amount)`,
    `'advance ' || id`,
  ),
  everyRow(
    'every line of the bank that is of an investor, an advance or a distribution is of its amount, in its pool and paid',
    `(SELECT p.id, p.line_id, abs(p.amount) AS amount, l.pool_id, coalesce(r.amount, v.amount, d.amount) AS of_document,
        coalesce(r.pool_id, v.pool_id, d.pool_id) AS pool_of_document, coalesce(v.state, d.state, 'paid') AS state
      FROM bank_line_parts p JOIN bank_statement_lines l ON l.id = p.line_id
      LEFT JOIN drawdown_receipts r ON r.id = p.drawdown_receipt_id
      LEFT JOIN provider_advances v ON v.id = p.provider_advance_id
      LEFT JOIN distributions d ON d.id = p.distribution_id
      WHERE p.kind IN ('drawdownReceipt', 'providerAdvance', 'distribution')) AS part`,
    `amount <> of_document OR pool_id <> pool_of_document OR state <> 'paid'`,
    `'part ' || id || ' of line ' || line_id`,
  ),
  everyRow(
    'every account of a closed bond is at zero',
    `(SELECT b.reference, b.state, coalesce(sum(abs(a.balance)), 0) AS left_over FROM bonds b LEFT JOIN accounts a
        ON a.kind IN (${heldForBondsSql}, 'outcomePaymentsReceivable',
          'expectedOutcomeIncome')
        AND (a.subject_id = b.id OR a.subject_id IN (SELECT y.id FROM bond_parties y WHERE y.bond_id = b.id))
      GROUP BY b.id) AS bond`,
    `state = 'closed' AND left_over <> 0`,
    `'bond ' || reference || ' has ' || left_over || ' left in its accounts'`,
  ),
  everyRow(
    'every closed bond was closed by an approved request, on its day',
    `(SELECT b.id, b.reference, b.state, b.closed_on, c.closed_on AS asked_on, a.state AS verdict
      FROM bonds b LEFT JOIN bond_closings c ON c.bond_id = b.id AND c.state = 'closed'
      LEFT JOIN approvals a ON a.id = c.approval_id) AS bond`,
    `(state = 'closed') <> (asked_on IS NOT NULL) OR (state = 'closed' AND (closed_on <> asked_on OR verdict <> 'approved'))`,
    `'bond ' || reference`,
  ),
];
