import type { Day } from '../../../maths/day.js';
import type { Tx } from '../../../platform/database/tx.js';
import { notFound } from '../../../platform/errors/domain-error.js';
import { Choice, Id } from '../../../platform/http/fields.js';
import { listPage, ListQuery, type Page } from '../../../platform/http/list.js';
import { type CallKind, callKinds, type CallState, callStates } from './drawdown.rules.js';

/** What an investor of a bond, or its guarantor, is asked for. Minor units of the bond's currency. */
export interface DrawdownCall {
  id: string;
  coalitionId: string;
  poolId: string;
  bondId: string;
  partyId: string;
  party: string;
  /** "CIB-1/C3". */
  reference: string;
  kind: CallKind;
  amount: bigint;
  received: bigint;
  currency: string;
  state: CallState;
  calledOn: Day;
  dueOn: Day;
  reason: string;
  calledBy: string;
  cancelReason: string | null;
}

const state = `CASE WHEN c.cancelled_at IS NOT NULL THEN 'cancelled' WHEN c.received = 0 THEN 'called'
  WHEN c.received < c.amount THEN 'partlyReceived' ELSE 'received' END`;

/** SQL: "CIB-1/C3", of a call `c` of a bond `b`. */
export const callReference = `b.reference || '/C' || c.number`;

const calls = `
  SELECT c.id, c.coalition_id AS "coalitionId", c.pool_id AS "poolId", c.bond_id AS "bondId", c.party_id AS "partyId",
    o.name AS party, ${callReference} AS reference, c.kind, c.amount, c.received, c.currency, ${state} AS state,
    c.called_on AS "calledOn", c.due_on AS "dueOn", c.reason, p.name AS "calledBy", c.cancel_reason AS "cancelReason"
  FROM drawdown_calls c JOIN bonds b ON b.id = c.bond_id JOIN bond_parties y ON y.id = c.party_id
  JOIN organisations o ON o.id = y.organisation_id JOIN persons p ON p.id = c.called_by`;

/** @throws notFound */
export async function readCall(tx: Tx, callId: string): Promise<DrawdownCall> {
  const call = await tx.row<DrawdownCall>(`${calls} WHERE c.id = $1`, [callId]);
  if (!call) throw notFound('call');
  return call;
}

export class CallQuery extends ListQuery {
  @Choice(callStates, { optional: true }) state?: CallState;
  @Choice(callKinds, { optional: true }) kind?: CallKind;
  @Id({ optional: true, description: 'Of one party to the bond' }) partyId?: string;
}

/** @param overdueOn where it is given, only what should have come before this day and has not */
export const listCalls = (
  tx: Tx,
  bondId: string,
  query: CallQuery,
  overdueOn?: Day,
): Promise<Page<DrawdownCall>> =>
  listPage<DrawdownCall>(
    tx,
    {
      sql: `${calls} WHERE c.bond_id = $1 AND ($2::text IS NULL OR ${state} = $2) AND ($3::text IS NULL OR c.kind = $3)
        AND ($4::uuid IS NULL OR c.party_id = $4)
        AND ($5::date IS NULL OR c.due_on < $5 AND c.cancelled_at IS NULL AND c.received < c.amount)`,
      parameters: [
        ...[bondId, query.state ?? null, query.kind ?? null, query.partyId ?? null],
        overdueOn ?? null,
      ],
      sorts: {
        dueOn: { column: '"dueOn"', type: 'date' },
        calledOn: { column: '"calledOn"', type: 'date' },
        amount: { column: 'amount', type: 'bigint' },
        party: { column: 'party', type: 'text' },
      },
      defaultSort: '-dueOn',
    },
    query,
  );

/** What came of a call. */
export interface DrawdownReceipt {
  id: string;
  callId: string;
  amount: bigint;
  currency: string;
  receivedOn: Day;
  bankReference: string;
  entryId: string;
  recordedBy: string | null;
  recordedById: string | null;
  recordedAt: Date;
  reversalReason: string | null;
}

const receipts = `
  SELECT r.id, r.call_id AS "callId", r.amount, r.currency, r.received_on AS "receivedOn",
    r.bank_reference AS "bankReference", r.entry_id AS "entryId", p.name AS "recordedBy", r.recorded_by AS "recordedById", r.recorded_at AS "recordedAt",
    r.reversal_reason AS "reversalReason"
  FROM drawdown_receipts r LEFT JOIN persons p ON p.id = r.recorded_by`;

/** @throws notFound */
export async function readDrawdownReceipt(tx: Tx, receiptId: string): Promise<DrawdownReceipt> {
  const receipt = await tx.row<DrawdownReceipt>(`${receipts} WHERE r.id = $1`, [receiptId]);
  if (!receipt) throw notFound('receipt');
  return receipt;
}

export const receiptsOfCall = (tx: Tx, callId: string): Promise<DrawdownReceipt[]> =>
  tx.rows<DrawdownReceipt>(`${receipts} WHERE r.call_id = $1 ORDER BY r.received_on, r.id`, [callId]);

/** The last day as of which investors were paid by the terms; null before the first time. */
export async function lastPaidAsOf(tx: Tx, bondId: string): Promise<Day | null> {
  const row = await tx.row<{ on: Day | null }>(
    `SELECT max(as_of) AS "on" FROM distributions WHERE bond_id = $1 AND state = 'paid'`,
    [bondId],
  );
  return row!.on;
}
