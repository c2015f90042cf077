import type { PickedEntries } from '../../ledger/picked-entries.js';
import type { Day } from '../../maths/day.js';
import type { Parameter, Tx } from '../../platform/database/tx.js';
import type { Basis, ReportSection } from './report-document.js';

/** What is asked of a definition: one pool, a period, and an instant that nothing recorded later counts at. */
export interface ReportOrder {
  pool: ReportPool;
  /** Both days belong to it; no first day means since the pool began. Reports of a state show it at the end of `to`. */
  period: { from: Day | null; to: Day };
  asOf: Date;
  basis: Basis;
  /** One funder of the pool, where the report is about a funder; null is each of them. */
  funderId: string | null;
  /** What `policies` said when it was first made. */
  policies: ReportPolicies;
}

export interface ReportPool {
  id: string;
  coalitionId: string;
  name: string;
  coalition: string;
  currency: string;
  timeZone: string;
}

/** What the figures stand on besides the ledger and its history, as JSON: kept with a run, so that it can be made again. */
export type ReportPolicies = Record<string, unknown>;

/** How a kind of report is made, pool by pool. */
export interface ReportDefinition {
  title: string;
  /** What it tells, in a sentence, for who chooses one. */
  summary: string;
  /** Of a state at a day's end, or of what happened in a period. */
  timing: 'state' | 'period';
  layout: 'statement' | 'register';
  /** Whether its sections have the journal itself, which the hledger format is written from. */
  hasJournal?: true;
  /** Asked once, when a report is first made: what of its figures no history tells as it was at the order's instant. */
  policies?: (tx: Tx, order: Omit<ReportOrder, 'policies'>) => Promise<ReportPolicies>;
  compose: (tx: Tx, order: ReportOrder) => Promise<PoolReport>;
}

/** What a definition makes of one pool: the composer says whose it is, and in which currency it is shown. */
export type PoolReport = Omit<ReportSection, 'coalition' | 'pool' | 'currency' | 'ledgerCurrency'>;

/** What an order says about entries. */
type OrderedEntries = Pick<ReportOrder, 'pool' | 'asOf' | 'period' | 'basis'>;

/**
 * SQL that picks journal entries `e`: $1 the pool, $2 the instant, $3 and $4 the period, $5 the coalition's time zone.
 * Hand its parameters over first; what a query needs besides begins at $6.
 */
export const entryParameters = ({ pool, asOf, period }: OrderedEntries): Parameter[] => [
  ...[pool.id, asOf, period.from, period.to, pool.timeZone],
];

/** The day that an entry counts on. */
export const dayOf = (basis: Basis): string =>
  basis === 'occurred' ? 'e.occurred_on' : '(e.recorded_at AT TIME ZONE $5::text)::date';

// PostgreSQL wants to know the type of each parameter, whether the condition needs it or not.
const known =
  '(e.pool_id = $1 AND e.recorded_at <= $2 AND $3::date IS NOT DISTINCT FROM $3 AND $5::text IS NOT NULL)';

/** Entries in the period. */
export const inPeriod = ({ basis }: OrderedEntries): string =>
  `${known} AND ${dayOf(basis)} BETWEEN coalesce($3::date, '-infinity') AND $4::date`;

/** Entries before the period; none where it has no first day. */
export const beforePeriod = ({ basis }: OrderedEntries): string =>
  `${known} AND $4::date IS NOT NULL AND ${dayOf(basis)} < coalesce($3::date, '-infinity')`;

/** Entries up to the end of the period. */
export const untilEnd = ({ basis }: OrderedEntries): string => `${known} AND ${dayOf(basis)} <= $4::date`;

/** The same, as reads of earlier rooms take it. */
export const pickedEntries = (order: OrderedEntries): PickedEntries => ({
  parameters: entryParameters(order),
  before: beforePeriod(order),
  within: inPeriod(order),
  until: untilEnd(order),
});
