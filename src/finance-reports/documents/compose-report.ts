import type { Tx } from '../../platform/database/tx.js';
import type { Basis, ReportDocument, ReportSection, StatedRate } from './report-document.js';
import type { ReportDefinition, ReportPolicies, ReportPool } from './report-order.js';
import { inCurrency } from './shown-currency.js';

/** A pool of a report, and what its figures stand on besides the ledger, once that is known. */
export interface ComposedPool extends ReportPool {
  policies: ReportPolicies | null;
}

/** A report of some pools: what is asked of each of them. */
export interface ComposeOrder {
  kind: string;
  pools: readonly ComposedPool[];
  period: { from: string | null; to: string };
  asOf: Date;
  basis: Basis;
  funderId: string | null;
  /** In which it is shown, at the rates; null is each pool's own. */
  currency: string | null;
  rates: readonly StatedRate[];
}

/**
 * Composes a report: a section for each pool, shown in the currency that was asked for.
 * @returns the document, and the pools with the policies that it stands on, so that it can be made again
 */
export async function composeReport(
  tx: Tx,
  definition: ReportDefinition,
  order: ComposeOrder,
): Promise<{ document: ReportDocument; pools: ComposedPool[] }> {
  const { period, asOf, basis, funderId, currency } = order;
  const pools: ComposedPool[] = [];
  const sections: ReportSection[] = [];
  for (const pool of order.pools) {
    const asked = { pool, period, asOf, basis, funderId };
    const policies = pool.policies ?? (await definition.policies?.(tx, asked)) ?? {};
    const report = await definition.compose(tx, { ...asked, policies });
    const section = { coalition: pool.coalition, pool: pool.name, currency: pool.currency, ...report };
    sections.push(currency === null ? section : inCurrency(section, currency, order.rates));
    pools.push({ ...pool, policies });
  }
  const used = order.rates.filter(({ from }) =>
    sections.some(({ ledgerCurrency }) => ledgerCurrency === from),
  );
  const document: ReportDocument = {
    kind: order.kind,
    title: definition.title,
    scope: scopeOf(pools),
    sections,
    period,
    asOf,
    timeZone: pools[0]?.timeZone ?? 'UTC',
    basis,
    layout: definition.layout,
    rates: used,
  };
  return { document, pools };
}

/** Whose money it is about: "Early Years Fund, Harbour Towns", "Harbour Towns" of several pools, or "3 coalitions". */
export function scopeOf(pools: readonly Pick<ReportPool, 'name' | 'coalition'>[]): string {
  const coalitions = new Set(pools.map(({ coalition }) => coalition));
  const [first] = pools;
  if (coalitions.size !== 1 || !first) return `${coalitions.size} coalitions`;
  if (pools.length > 1) return first.coalition;
  return first.name.startsWith(first.coalition) ? first.name : `${first.name}, ${first.coalition}`;
}
