import { moneyOfGrant } from '../../grants/grants.read.js';
import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { listPage, type ListQuery, type Page } from '../../platform/http/list.js';
import type { PaidShare } from './return.rules.js';

/** Unspent money of a grant that came back. Minor units of the pool's currency. */
export interface GrantReturn {
  id: string;
  coalitionId: string;
  grantId: string;
  grantReference: string;
  grantTitle: string;
  organisationId: string;
  organisation: string;
  poolId: string;
  amount: bigint;
  currency: string;
  receivedOn: Day;
  bankReference: string;
  note: string;
  entryId: string;
  recordedById: string;
  recordedBy: string;
  recordedAt: Date;
  reversalReason: string | null;
}

const returns = `
  SELECT r.id, r.coalition_id AS "coalitionId", r.grant_id AS "grantId", g.reference AS "grantReference",
    g.title AS "grantTitle", g.organisation_id AS "organisationId", o.name AS organisation, r.pool_id AS "poolId",
    r.amount, r.currency, r.received_on AS "receivedOn", r.bank_reference AS "bankReference", r.note,
    r.entry_id AS "entryId", r.recorded_by AS "recordedById", p.name AS "recordedBy", r.recorded_at AS "recordedAt",
    r.reversal_reason AS "reversalReason"
  FROM grant_returns r JOIN grants g ON g.id = r.grant_id JOIN organisations o ON o.id = g.organisation_id
  JOIN persons p ON p.id = r.recorded_by`;

/** @throws notFound */
export async function readGrantReturn(tx: Tx, grantReturnId: string): Promise<GrantReturn> {
  const found = await tx.row<GrantReturn>(`${returns} WHERE r.id = $1`, [grantReturnId]);
  if (!found) throw notFound('return');
  return found;
}

export const listReturns = (tx: Tx, grantId: string, query: ListQuery): Promise<Page<GrantReturn>> =>
  listPage<GrantReturn>(
    tx,
    {
      sql: `${returns} WHERE r.grant_id = $1`,
      parameters: [grantId],
      sorts: {
        receivedOn: { column: '"receivedOn"', type: 'date' },
        amount: { column: 'amount', type: 'bigint' },
      },
      defaultSort: '-receivedOn',
    },
    query,
  );

/** What a funder got back of a return, with the restriction its money has. */
export interface ReturnPart {
  funderId: string;
  funder: string;
  earmark: string | null;
  amount: bigint;
}

/** Who got back what, as it was posted, the largest part first. */
export const partsOfReturn = (tx: Tx, { entryId }: Pick<GrantReturn, 'entryId'>): Promise<ReturnPart[]> =>
  tx.rows<ReturnPart>(
    `SELECT a.subject_id AS "funderId", o.name AS funder, coalesce(t.name, g.reference || ' · ' || g.title) AS earmark,
       (-p.amount)::bigint AS amount
     FROM postings p JOIN accounts a ON a.id = p.account_id AND a.kind = 'fundBalance'
     JOIN organisations o ON o.id = a.subject_id LEFT JOIN goals t ON t.id = a.earmark_id
     LEFT JOIN grants g ON g.id = a.earmark_id
     WHERE p.entry_id = $1 ORDER BY 4 DESC, o.name, a.id`,
    [entryId],
  );

/** What each account has paid of a grant, less what came back to it, by account id. */
export const paidShares = (tx: Tx, grantId: string): Promise<PaidShare[]> =>
  tx.rows<PaidShare>(
    `SELECT a.id AS "accountId", a.subject_id AS "funderId", a.earmark_id AS "earmarkId", sum(m.amount)::bigint AS amount
     FROM (${moneyOfGrant}) AS m JOIN accounts a ON a.id = m.account_id
     GROUP BY a.id HAVING sum(m.amount) <> 0 ORDER BY a.id`,
    [grantId],
  );

/** The day of the first payment of a grant that stands; null before it. */
export async function firstPaidOn(tx: Tx, grantId: string): Promise<Day | null> {
  const row = await tx.row<{ day: Day | null }>(
    `SELECT min(paid_on) AS day FROM disbursements WHERE grant_id = $1 AND state = 'settled'`,
    [grantId],
  );
  return row?.day ?? null;
}
