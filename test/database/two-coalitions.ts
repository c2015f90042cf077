import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { v7 as newId } from 'uuid';

/** One side of the wall: a coalition with two people, and at least one row of its own in every table. */
export interface Side {
  coalition: string;
  people: [maker: string, checker: string];
  /** The ids of its rows, by table; tables without an id are not in it. */
  ids: Record<string, string[]>;
}

interface Column {
  table: string;
  column: string;
  type: string;
  /** Must be given: not null, and without a default. */
  isNeeded: boolean;
  /** The table whose id it holds. */
  refersTo: string | null;
}

type Given = Record<string, string | ((side: Side) => string)>;

/** What the catalogue does not tell: values that a CHECK wants, and rows that need company. */
const given: Record<string, Given[]> = {
  funder_report_settings: [{ start_month: '4' }],
  stated_rates: [{ from_currency: 'GBP', to_currency: 'EUR', rate: '1.2' }],
  memberships: [{ role: 'backbone' }, { role: 'approver', person_id: (side) => side.people[1] }],
  passwords: [{ hash: '$argon2id$test' }],
  mail_preferences: [{ topic: 'reports', delivery: 'daily' }],
  calendar_links: [{ secret_hash: () => randomBytes(32).toString('hex') }],
  api_tokens: [{ scopes: '{read}' }],
  audit_events: [{ job: 'test' }],
  stored_files: [{ sha256: () => randomBytes(32).toString('hex') }],
  pools: [{ attribution_rule: 'pro_rata', refund_policy: 'none' }],
  accounts: [
    { book: 'actual', kind: 'cash' },
    { book: 'actual', kind: 'fundBalance' },
  ],
  journal_entries: [{ job: 'test' }],
  postings: [{ amount: '100' }, { amount: '-100', account_id: (side) => side.ids.accounts![1]! }],
  pledges: [{ state: 'draft' }],
  bonds: [{ state: 'draft' }],
  outcome_invoices: [{ source_kind: 'claim' }],
  outcome_cancellations: [{ state: 'proposed' }],
  bond_plan_lines: [{ quantity: '1' }],
  bond_suspensions: [{ state: 'asked', payers: '[]' }],
  drawdown_calls: [{ kind: 'drawdown' }],
  provider_advances: [{ state: 'proposed' }],
  distributions: [
    { state: 'proposed', source: 'proceeds', remaining: '0', for_pool: '0', fee: '0', for_provider: '0' },
  ],
  bond_closings: [{ state: 'proposed' }],
  outcome_claims: [{ state: 'draft' }],
  outcome_claim_people: [{ person_key: 'a'.repeat(64) }],
  bond_versions: [{ state: 'draft' }],
  bond_parties: [{ role: 'provider', organisation_id: (side) => side.ids.organisations![0]! }],
  grants: [{ mode: 'flexible', reporting_frequency: 'yearly', state: 'draft' }],
  instalments: [{ due_on: '2026-12-31' }],
  grant_versions: [{ kind: 'topUp' }],
  grant_closures: [
    {
      step: 'operational',
      award_before: '100',
      award_after: '0',
      end_on_before: '2026-12-31',
      end_on_after: '2026-12-31',
      approval_id: (side) => side.ids.approvals![0]!,
    },
  ],
  grant_suspensions: [{ state_before: 'active' }],
  approvals: [{ subject_kind: 'disbursement', content_hash: 'same' }],
  approval_delegations: [{ delegate_id: (side) => side.people[1] }],
  approval_signatures: [{ verdict: 'approve', content_hash: 'same', person_id: (side) => side.people[1] }],
  disbursements: [{ state: 'proposed' }],
  bank_accounts: [{ state: 'proposed', iban: 'GB82WEST12345698765432' }],
  payment_batches: [{ state: 'open' }],
  payment_batch_lines: [{ end_to_end_id: 'A1' }],
  pool_bank_accounts: [
    {
      state: 'proposed',
      iban: 'GB82WEST12345698765432',
      approval_id: (side) => side.ids.approvals![0]!,
    },
  ],
  cliff_notices: [{ cliff_month: '2026-12', months_ahead: '3' }],
  pledge_changes: [{ kind: 'amended' }],
  bank_statement_lines: [{}, { state: 'matched', decided_at: '2026-01-01T00:00:00Z' }],
  csv_mappings: [
    { delimiter: 'comma', encoding: 'utf-8', decimal_mark: 'point', thousands_mark: 'none', columns: '[]' },
  ],
  bank_line_parts: [
    {
      kind: 'contribution',
      line_id: (side) => side.ids.bank_statement_lines![1]!,
      subject_id: (side) => side.ids.contributions![0]!,
    },
  ],
  conditions: [{ kind: 'documentReceived', state: 'open', subject: 'it' }],
  decisions: [
    {
      ...{ state: 'open', number: '1', method: 'motion', options: '{For,Against}', rule: 'majority' },
      ...{ weighting: 'perPerson', subject_kind: 'general' },
      ...{ opened_at: '2026-01-01T00:00:00Z', closes_at: '2026-02-01T00:00:00Z' },
    },
    {
      ...{ state: 'passed', number: '2', method: 'motion', options: '{For,Against}', rule: 'majority' },
      ...{ weighting: 'perPerson', subject_kind: 'poolPolicy', subject_id: (side) => side.coalition },
      ...{ opened_at: '2026-01-01T00:00:00Z', closes_at: '2026-02-01T00:00:00Z' },
      ...{ closed_at: '2026-02-01T00:00:00Z', result: '{}' },
    },
  ],
  decision_settings: [{ voting_roles: '{funder}' }],
  decision_voters: [{ person_id: (side) => side.people[1] }],
  decision_ballots: [{ person_id: (side) => side.people[1] }],
  decision_dissents: [{ person_id: (side) => side.people[1] }],
  decision_recusals: [{ ground: 'declared' }],
  decision_uses: [
    {
      decision_id: (side) => side.ids.decisions![1]!,
      subject_kind: 'poolPolicy',
      subject_id: (side) => side.coalition,
    },
  ],
  refunds: [{ state: 'proposed' }],
  fee_payments: [{ state: 'proposed' }],
  saved_views: [{ path: '/coalitions' }],
  requirements: [{ frequency: 'yearly' }],
  report_comments: [{ pointer: '/story' }],
  indicators: [
    { polarity: 'up', frequency: 'year', formula: 'sum', bands: '[]' },
    { polarity: 'up', frequency: 'year', bands: '[]' },
  ],
  performance_measures: [{ polarity: 'up', frequency: 'year', bands: '[]', kind: 'howMuch' }],
  trajectory_points: [{ indicator_id: (side) => side.ids.indicators![1]!, line: 'target', value: '1' }],
  calculation_inputs: [
    {
      indicator_id: (side) => side.ids.indicators![0]!,
      input_indicator_id: (side) => side.ids.indicators![1]!,
      part: 'addend',
    },
  ],
  report_readings: [{ indicator_id: (side) => side.ids.indicators![1]! }],
  readings: [{ indicator_id: (side) => side.ids.indicators![1]!, value: '1', via: 'api' }],
  curve_texts: [{ section: 'story' }],
  curve_actions: [{ state: 'open' }],
  toolkits: [{}],
  toolkit_items: [{ kind: 'page', title: 'A page', body: 'Its text' }],
  toolkit_editions: [{ state: 'asked' }],
  learning_links: [{ kind: 'goal', subject_id: (side) => side.ids.goals![0]! }],
  subscriptions: [
    {
      ...{
        report_kind: 'poolPosition',
        formats: '{csv}',
        scope: 'coalition',
        basis: 'recorded',
        period: 'untilThen',
      },
      coalition_ids: (side) => `{${side.coalition}}`,
    },
  ],
  report_runs: [
    {
      ...{ state: 'queued', formats: '{csv}', scope: 'coalition', basis: 'recorded', pool_ids: '{}' },
      coalition_ids: (side) => `{${side.coalition}}`,
    },
  ],
};

/** What must be there before, and no foreign key that is needed says so. */
const after: Record<string, string[]> = {
  bank_line_parts: ['contributions'],
  learning_links: ['goals'],
};

/** What any column of a type may hold. */
const byType: Record<string, () => string> = {
  uuid: newId,
  text: () => newId(),
  int2: () => '1',
  int4: () => '1',
  int8: () => '100',
  numeric: () => '1',
  bool: () => 'false',
  date: () => '2026-01-01',
  timestamptz: () => '2026-01-01T00:00:00Z',
  jsonb: () => '{}',
  bytea: () => String.raw`\x00`,
  _int4: () => '{}',
  _text: () => '{}',
};

/**
 * Fills every table of the schema for two coalitions, as the owner of the schema. What must be there is read from
 * the catalogue, so that a new table is behind the wall in the tests too; one with rules of its own is named in
 * `given`.
 */
export async function fillTwoCoalitions(owner: pg.Client): Promise<[Side, Side]> {
  const tables = await tablesToFill(owner);
  return [await fill(owner, tables), await fill(owner, tables)];
}

async function fill(owner: pg.Client, tables: Map<string, Column[]>): Promise<Side> {
  const side: Side = { coalition: newId(), people: [newId(), newId()], ids: {} };
  // One transaction: an entry balances when it ends.
  await owner.query('BEGIN');
  await owner.query(
    `INSERT INTO coalitions (id, name, kind, time_zone, business_day, created_at)
     VALUES ($1::uuid, $1::text, 'coordinating', 'Europe/London', 'following', '2026-01-01')`,
    [side.coalition],
  );
  for (const person of side.people) {
    await owner.query(
      `INSERT INTO persons (id, name, email, created_at) VALUES ($1::uuid, $1::text, $1::text || '@example.org', '2026-01-01')`,
      [person],
    );
  }
  for (const [table, columns] of tables) {
    for (const row of given[table] ?? [{}]) await insert(owner, side, table, columns, row);
  }
  await owner.query('COMMIT');
  return side;
}

async function insert(
  owner: pg.Client,
  side: Side,
  table: string,
  columns: Column[],
  row: Given,
): Promise<void> {
  const values = new Map<string, string>();
  for (const column of columns) {
    const said = row[column.column];
    if (said !== undefined) values.set(column.column, typeof said === 'string' ? said : said(side));
    else if (column.column === 'coalition_id') values.set('coalition_id', side.coalition);
    else if (column.column === 'currency') values.set('currency', 'GBP');
    else if (column.isNeeded) values.set(column.column, anyValue(side, column));
  }
  const names = [...values.keys()];
  const { rows } = await owner.query<{ id?: string }>(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')}) RETURNING *`,
    [...values.values()],
  );
  const id = rows[0]?.id;
  if (id !== undefined) (side.ids[table] ??= []).push(id);
}

function anyValue(side: Side, { table, column, type, refersTo }: Column): string {
  if (refersTo === 'persons') return side.people[0];
  if (refersTo !== null) return side.ids[refersTo]![0]!;
  const value = byType[type];
  if (!value) throw new Error(`Say in \`given\` what ${table}.${column} (${type}) holds.`);
  return value();
}

const isFilled = ({ table, column, isNeeded }: Column): boolean =>
  isNeeded || (given[table] ?? []).some((row) => row[column] !== undefined);

/** Every table with its columns; those that others refer to come first. */
async function tablesToFill(owner: pg.Client): Promise<Map<string, Column[]>> {
  const { rows } = await owner.query<Column>(`
    SELECT c.relname AS table, a.attname AS column, t.typname AS type, a.attnotnull AND NOT a.atthasdef AS "isNeeded",
      (SELECT f.confrelid::regclass::text FROM pg_constraint f
       WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.conkey[cardinality(f.conkey)] = a.attnum LIMIT 1) AS "refersTo"
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
      AND c.relname NOT IN ('migrations', 'coalitions', 'persons')
    ORDER BY c.relname, a.attnum`);
  const waiting = new Map<string, Column[]>();
  for (const column of rows) waiting.set(column.table, [...(waiting.get(column.table) ?? []), column]);
  const ordered = new Map<string, Column[]>();
  while (waiting.size > 0) {
    const ready = [...waiting].find(
      ([table, columns]) =>
        columns.every(
          (column) => !isFilled(column) || column.refersTo === null || !waiting.has(column.refersTo),
        ) && !after[table]?.some((earlier) => waiting.has(earlier)),
    );
    if (!ready)
      throw new Error(`These tables refer to each other in a circle: ${[...waiting.keys()].join(', ')}`);
    waiting.delete(ready[0]);
    ordered.set(...ready);
  }
  return ordered;
}
