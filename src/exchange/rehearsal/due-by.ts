import type { Day } from '../../maths/day.js';
import { formatMoney } from '../../maths/money.js';
import { type Column, textTable } from '../text-table.js';

/** What the instalments of one pool have come to. Minor units. */
export interface PoolDue {
  coalition: string;
  pool: string;
  currency: string;
  due: number;
  dueAmount: bigint;
  /** There is cash for them, after those that are due before. */
  payable: number;
  payableAmount: bigint;
  held: number;
  heldAmount: bigint;
  firstHeldOn: Day | null;
  /** Held, and not for lack of cash. */
  heldOtherwise: number;
}

export interface HeldInstalment {
  coalition: string;
  grant: string;
  payee: string;
  number: number;
  dueOn: Day;
  amount: bigint;
  currency: string;
  reasons: string[];
}

/** Reads a whole database, as its owner. int8 arrives as bigint, date as text. */
export type Query = <Row>(sql: string, parameters: unknown[]) => Promise<Row[]>;

const cashShort = `i.hold_reasons @> '[{"code": "cashShort"}]'`;

/** Every instalment that is due by a day and not paid, by pool. */
export const readDueBy = (query: Query, day: Day): Promise<PoolDue[]> =>
  query<PoolDue>(
    `SELECT c.name AS coalition, p.name AS pool, p.currency,
       count(*)::int AS due, sum(i.amount)::bigint AS "dueAmount",
       count(*) FILTER (WHERE i.state <> 'held')::int AS payable,
       coalesce(sum(i.amount) FILTER (WHERE i.state <> 'held'), 0)::bigint AS "payableAmount",
       count(*) FILTER (WHERE i.state = 'held' AND ${cashShort})::int AS held,
       coalesce(sum(i.amount) FILTER (WHERE i.state = 'held' AND ${cashShort}), 0)::bigint AS "heldAmount",
       min(i.due_on) FILTER (WHERE i.state = 'held' AND ${cashShort}) AS "firstHeldOn",
       count(*) FILTER (WHERE i.state = 'held' AND NOT ${cashShort})::int AS "heldOtherwise"
     FROM instalments i JOIN pools p ON p.id = i.pool_id JOIN coalitions c ON c.id = i.coalition_id
     WHERE i.due_on <= $1 AND i.state IN ('due', 'held', 'approved', 'inPayment')
     GROUP BY c.id, p.id ORDER BY c.name, p.name`,
    [day],
  );

export const readHeldBy = (query: Query, day: Day, most: number): Promise<HeldInstalment[]> =>
  query<HeldInstalment>(
    `SELECT c.name AS coalition, g.reference AS grant, o.name AS payee, i.number, i.due_on AS "dueOn", i.amount, g.currency,
       ARRAY(SELECT reason ->> 'text' FROM jsonb_array_elements(i.hold_reasons) AS reason) AS reasons
     FROM instalments i JOIN grants g ON g.id = i.grant_id JOIN organisations o ON o.id = g.organisation_id
     JOIN coalitions c ON c.id = i.coalition_id
     WHERE i.due_on <= $1 AND i.state = 'held' ORDER BY c.name, i.due_on, g.reference, i.number LIMIT $2`,
    [day, most],
  );

const columns: Column[] = [
  { heading: 'Coalition' },
  { heading: 'Pool' },
  { heading: '' },
  { heading: 'Due', align: 'right' },
  { heading: 'Amount', align: 'right' },
  { heading: 'Payable', align: 'right' },
  { heading: 'Amount', align: 'right' },
  { heading: 'Held', align: 'right' },
  { heading: 'Amount', align: 'right' },
  { heading: 'First' },
];

const money = (minor: bigint, currency: string): string =>
  formatMoney(minor, currency, 'en-GB', { symbol: false });

export function describeDue(pools: PoolDue[]): string {
  return textTable(
    columns,
    pools.map((pool) => [
      pool.coalition,
      pool.pool,
      pool.currency,
      String(pool.due),
      money(pool.dueAmount, pool.currency),
      String(pool.payable),
      money(pool.payableAmount, pool.currency),
      String(pool.held),
      money(pool.heldAmount, pool.currency),
      pool.firstHeldOn ?? '',
    ]),
  );
}

export const describeHeld = (held: HeldInstalment[]): string =>
  textTable(
    [
      { heading: 'Coalition' },
      { heading: 'Due on' },
      { heading: 'Grant' },
      { heading: 'No.', align: 'right' },
      { heading: 'Amount', align: 'right' },
      { heading: '' },
      { heading: 'Held' },
      { heading: 'Payee' },
    ],
    held.map((one) => [
      one.coalition,
      one.dueOn,
      one.grant,
      String(one.number),
      money(one.amount, one.currency),
      one.currency,
      one.reasons.join('; '),
      one.payee,
    ]),
  );
