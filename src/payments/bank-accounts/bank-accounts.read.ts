import { coalitionCalendar } from '../../coalitions/coalition.js';
import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { listPage, type ListQuery, type Page } from '../../platform/http/list.js';
import { seesAccounts } from '../../pools/approvals/account-sight.js';
import { maskedIban } from '../../pools/approvals/masked-content.js';
import { type BankAccountState, type Standing, standingOf } from './bank-account.rules.js';

/** A payee's account, its IBAN masked for whoever may not see it. */
export interface BankAccount {
  id: string;
  coalitionId: string;
  organisationId: string;
  organisation: string;
  name: string;
  iban: string;
  bic: string | null;
  state: BankAccountState;
  standing: Standing;
  usableFrom: Day | null;
  reason: string;
  approvalId: string;
  madeBy: string;
  madeAt: Date;
  approvedAt: Date | null;
  stoppedOn: Day | null;
  stopReason: string | null;
}

/** Where a payee is paid on a day, in full. */
export interface PayeeAccount {
  id: string;
  organisationId: string;
  name: string;
  iban: string;
  bic: string | null;
  usableFrom: Day;
}

/** SQL: the account that each of the organisations is paid to on a day. An account that was stopped leaves nothing. */
const inUse = (organisations: string, on: string): string => `
  SELECT id, organisation_id AS "organisationId", name, iban, bic, usable_from AS "usableFrom" FROM (
    SELECT DISTINCT ON (organisation_id) * FROM bank_accounts
    WHERE organisation_id = ANY (${organisations}) AND usable_from <= ${on}
      AND (state = 'approved' OR (state = 'stopped' AND stopped_on >= usable_from))
    ORDER BY organisation_id, usable_from DESC, approved_at DESC, id DESC
  ) AS latest WHERE state = 'approved' OR stopped_on > ${on}`;

/**
 * The account that each payee is paid to on a day: exactly one, or none. Full account numbers: for files and for those
 * who approve, never for a page as it is.
 */
export async function accountsInUse(
  tx: Tx,
  organisationIds: string[],
  on: Day,
): Promise<Map<string, PayeeAccount>> {
  const rows = await tx.rows<PayeeAccount>(inUse('$1::uuid[]', '$2::date'), [organisationIds, on]);
  return new Map(rows.map((row) => [row.organisationId, row]));
}

const accounts = `
  SELECT b.id, b.coalition_id AS "coalitionId", b.organisation_id AS "organisationId", o.name AS organisation, b.name,
    b.iban, b.bic, b.state, b.usable_from AS "usableFrom", b.reason, b.approval_id AS "approvalId", p.name AS "madeBy",
    b.made_at AS "madeAt", b.approved_at AS "approvedAt", b.stopped_on AS "stoppedOn", b.stop_reason AS "stopReason",
    ${seesAccounts('b.coalition_id')} AS "seesAccounts"
  FROM bank_accounts b JOIN organisations o ON o.id = b.organisation_id JOIN persons p ON p.id = b.made_by`;

type Row = Omit<BankAccount, 'standing'> & { seesAccounts: boolean };

/** Every account that was ever proposed for a payee, newest first. */
export async function listBankAccounts(
  tx: Tx,
  organisationId: string,
  query: ListQuery,
): Promise<Page<BankAccount>> {
  const page = await listPage<Row>(
    tx,
    {
      sql: `${accounts} WHERE b.organisation_id = $1`,
      parameters: [organisationId],
      sorts: { madeAt: { column: '"madeAt"', type: 'timestamptz' } },
      defaultSort: '-madeAt',
    },
    query,
  );
  return { ...page, items: await withStanding(tx, page.items) };
}

/** @throws notFound */
export async function readBankAccount(tx: Tx, id: string): Promise<BankAccount> {
  const row = await tx.row<Row>(`${accounts} WHERE b.id = $1`, [id]);
  if (!row) throw notFound('bank account');
  return (await withStanding(tx, [row]))[0]!;
}

async function withStanding(tx: Tx, rows: Row[]): Promise<BankAccount[]> {
  const [first] = rows;
  if (!first) return [];
  const { today } = await coalitionCalendar(tx, first.coalitionId);
  const used = (await accountsInUse(tx, [first.organisationId], today)).get(first.organisationId)?.id ?? null;
  return rows.map(({ seesAccounts: seesFull, ...row }) => ({
    ...row,
    iban: seesFull ? row.iban : maskedIban(row.iban),
    standing: standingOf(row, today, used),
  }));
}
