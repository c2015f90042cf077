import { dayInZone } from '../../maths/day.js';
import { isCurrency } from '../../maths/money.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError, notFound } from '../../platform/errors/domain-error.js';
import { definitionOf, type ReportKind } from '../definitions/report-definitions.js';
import type { Basis, StatedRate } from '../documents/report-document.js';
import type { ReportPool } from '../documents/report-order.js';
import type { ReportFormat } from '../writers/report-writer.js';

/** Whose money a report is about, as it is asked for. */
export type ReportScope =
  | { kind: 'pool'; poolId: string }
  | { kind: 'coalition'; coalitionId: string }
  | { kind: 'coalitions'; coalitionIds: string[] }
  /** Of every coalition whose money the asker sees. */
  | { kind: 'everything' };

/** Several coalitions by their ids; all of them without. */
export const scopeOfSeveral = (coalitionIds: string[] | undefined): ReportScope =>
  coalitionIds ? { kind: 'coalitions', coalitionIds } : { kind: 'everything' };

/** The scope of a run or a subscription, as it was asked for. */
export function scopeOf(asked: {
  scope: ReportScope['kind'];
  poolId: string | null;
  coalitionId: string;
  coalitionIds: string[];
}): ReportScope {
  const { scope, poolId, coalitionId, coalitionIds } = asked;
  if (scope === 'pool') return { kind: scope, poolId: poolId! };
  if (scope === 'coalition') return { kind: scope, coalitionId };
  return scope === 'coalitions' ? { kind: scope, coalitionIds } : { kind: scope };
}

/** What a report shows, whatever its scope. */
export interface ReportTerms {
  kind: ReportKind;
  basis: Basis;
  funderId: string | null;
  currency: string | null;
  rates: StatedRate[];
  formats: ReportFormat[];
}

/** A scope as it is found: the pools in it, the coalition that the report lies with first. */
export interface FoundScope {
  kind: ReportScope['kind'];
  poolId: string | null;
  coalitionIds: string[];
  pools: ReportPool[];
}

/** The most pools of one report. */
const MOST_POOLS = 200;

/** Who may make reports and subscribe people to them. */
export const reportMakers = ['finance', 'backbone', 'funder'] as const;

/**
 * The pools of a scope whose money the actor sees, by coalition and name.
 * @throws notFound, ruleBroken
 */
export async function findScope(tx: Tx, scope: ReportScope): Promise<FoundScope> {
  const pools = await tx.rows<ReportPool>(
    `SELECT p.id, p.coalition_id AS "coalitionId", p.name, c.name AS coalition, p.currency, c.time_zone AS "timeZone"
     FROM pools p JOIN coalitions c ON c.id = p.coalition_id
     WHERE c.id = ANY ((SELECT overseen_coalitions())::uuid[]) AND CASE $1::text
       WHEN 'pool' THEN p.id = ANY ($2::uuid[]) WHEN 'everything' THEN true ELSE c.id = ANY ($2::uuid[]) END
     ORDER BY c.name, c.id, p.name, p.id`,
    [scope.kind, idsOf(scope)],
  );
  const coalitionIds = [...new Set(pools.map(({ coalitionId }) => coalitionId))];
  const missing =
    scope.kind === 'coalitions' ? scope.coalitionIds.findIndex((id) => !coalitionIds.includes(id)) : -1;
  if (missing >= 0) {
    const sentence = 'Choose coalitions with a pool whose money you see: this is none.';
    throw fieldError('ruleBroken', `/coalitionIds/${missing}`, sentence);
  }
  const [first] = pools;
  if (!first) {
    if (scope.kind === 'pool') throw notFound('pool');
    throw new DomainError('ruleBroken', 'There is no pool here whose money you see.');
  }
  if (pools.length > MOST_POOLS)
    throw new DomainError('ruleBroken', `A report covers ${MOST_POOLS} pools at most, not ${pools.length}.`);
  return { kind: scope.kind, poolId: scope.kind === 'pool' ? first.id : null, coalitionIds, pools };
}

/**
 * The same for somebody who asks: the report lies with the first coalition in which they may make one.
 * @throws notFound, forbidden, ruleBroken
 */
export async function findScopeOf(tx: Tx, scope: ReportScope): Promise<FoundScope> {
  const found = await findScope(tx, scope);
  const seats = await tx.rows<{ id: string }>(
    `SELECT DISTINCT coalition_id AS id FROM memberships WHERE person_id = current_person() AND role = ANY ($1::text[])
       AND since_on <= $2 AND (until_on IS NULL OR until_on >= $2)`,
    [[...reportMakers], tx.now.toISOString().slice(0, 10)],
  );
  const home = found.coalitionIds.find((id) => seats.some((seat) => seat.id === id));
  if (!home) {
    const roles = reportMakers.join(' or ');
    throw new DomainError('forbidden', `This takes the role ${roles} in one of the coalitions.`);
  }
  return { ...found, coalitionIds: [home, ...found.coalitionIds.filter((id) => id !== home)] };
}

function idsOf(scope: ReportScope): string[] {
  if (scope.kind === 'pool') return [scope.poolId];
  if (scope.kind === 'coalition') return [scope.coalitionId];
  return scope.kind === 'coalitions' ? scope.coalitionIds : [];
}

/**
 * Holds terms to the pools that they are for.
 * @throws ruleBroken naming the field
 */
export async function requireTerms(
  tx: Tx,
  terms: ReportTerms,
  { coalitionIds, pools }: FoundScope,
): Promise<void> {
  const { kind, funderId, currency, rates, formats } = terms;
  if (formats.includes('hledger') && !definitionOf(kind).hasJournal)
    throw fieldError('ruleBroken', '/formats', 'Only a general ledger is written as a journal for hledger.');
  if (funderId !== null) {
    const funder = await tx.row(`SELECT id FROM organisations WHERE id = $1 AND coalition_id = $2`, [
      funderId,
      coalitionIds[0]!,
    ]);
    if (!funder || coalitionIds.length > 1)
      throw fieldError(
        'ruleBroken',
        '/funderId',
        'Choose a funder of the one coalition that the report is about.',
      );
  }
  rates.forEach(({ from, to }, index) => {
    const unknown = ([from, to] as const).findIndex((code) => !isCurrency(code));
    if (unknown >= 0)
      throw fieldError(
        'ruleBroken',
        `/rates/${index}/${unknown === 0 ? 'from' : 'to'}`,
        'This is no currency.',
      );
  });
  if (currency === null) return;
  if (!isCurrency(currency)) throw fieldError('ruleBroken', '/currency', 'This is no currency.');
  for (const pool of pools) {
    if (pool.currency === currency) continue;
    if (!rates.some(({ from, to }) => from === pool.currency && to === currency)) {
      const sentence = `State how much ${currency} one ${pool.currency} is: ${pool.name} is kept in ${pool.currency}.`;
      throw fieldError('ruleBroken', '/rates', sentence);
    }
  }
}

/**
 * The period that is asked for, up to the day of the instant where it says no last day.
 * @throws ruleBroken naming the field
 */
export function periodOf(
  { from, to }: { from?: string | null; to?: string | null },
  asOf: Date,
  timeZone: string,
): { from: string | null; to: string } {
  const today = dayInZone(asOf, timeZone);
  const period = { from: from ?? null, to: to ?? today };
  if (period.to > today)
    throw fieldError('ruleBroken', '/to', 'A report can only look back. Choose a day that is not ahead.');
  if (period.from !== null && period.from > period.to)
    throw fieldError('ruleBroken', '/from', 'The period begins after it ends. Choose an earlier day.');
  return period;
}
