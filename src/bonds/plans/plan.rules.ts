import { formatShortest, parseDecimal } from '../../maths/exact.js';
import { payClaims } from '../../maths/outcomes/outcome-payments.js';
import type { Claim } from '../../maths/outcomes/rate-card.js';
import { emptyTally, type Tally } from '../../maths/outcomes/tally.js';
import { DomainError, type FieldError } from '../../platform/errors/domain-error.js';
import type { TermPeriod } from '../../maths/term-periods.js';
import type { BondTerms } from '../contracts/bond-terms.js';
import { outcomeTerms } from '../contracts/outcome-terms.js';

/** What is expected of one metric in one period. Decimals as text. */
export interface PlanLine {
  period: number;
  metric: string;
  quantity: string | null;
  value: string | null;
}

/** What a period is expected to come to, in minor units, and what each payer pays of it, by organisation. */
export interface ExpectedPeriod {
  period: number;
  net: bigint;
  payers: Map<string, bigint>;
}

const mostPeople = 20_000;

/** Refuses a plan that the contract cannot price, each line named by its place. @throws ruleBroken */
export function requirePlan(
  terms: BondTerms,
  periods: readonly TermPeriod[],
  lines: readonly PlanLine[],
): void {
  const seen = new Set<string>();
  const found = lines.flatMap((line, index): FieldError[] => {
    const key = `${line.period} ${line.metric}`;
    const isTwice = seen.has(key);
    seen.add(key);
    const wrong = isTwice
      ? { field: 'metric', message: `“${line.metric}” is planned twice for period ${line.period}.` }
      : wrongWith(terms, periods.length, line);
    if (wrong === null) return [];
    return [{ pointer: `/lines/${index}/${wrong.field}`, code: 'ruleBroken', message: wrong.message }];
  });
  if (found.length === 0) return;
  const sentence =
    found.length === 1 ? found[0]!.message : `${found.length} lines of the plan need a change.`;
  throw new DomainError('ruleBroken', sentence, found);
}

function wrongWith(
  { rateCard }: BondTerms,
  periods: number,
  line: PlanLine,
): { field: string; message: string } | null {
  if (line.period > periods)
    return { field: 'period', message: `The term has ${periods} periods, and this is one after it.` };
  const term = rateCard.find(({ metric }) => metric === line.metric);
  if (!term) return { field: 'metric', message: `The rate card has no metric “${line.metric}”.` };
  const isByValue = term.kind !== 'per_unit' && term.kind !== 'per_person_once';
  if (isByValue && line.value === null)
    return { field: 'value', message: `Say which value of “${term.title}” is expected.` };
  if (!isByValue && line.quantity === null)
    return { field: 'quantity', message: `Say how many of “${term.title}” are expected.` };
  if (term.kind !== 'per_person_once') return null;
  const isWhole = /^\d+(\.0+)?$/.test(line.quantity!) && Number(line.quantity) <= mostPeople;
  return isWhole ? null : { field: 'quantity', message: `“${term.title}” counts people: plan whole ones.` };
}

/**
 * What a plan comes to, period by period, by the same rules as claims: its lines are paid as if they had been claimed
 * and accepted. Where people count once, as many new ones are assumed as are planned.
 *
 * @param after what was paid for already: the caps have only what it leaves; it is left as it was
 */
export function expectedPayments(
  terms: BondTerms,
  currency: string,
  lines: readonly PlanLine[],
  after: Tally = emptyTally(),
): ExpectedPeriod[] {
  const ordered = [...lines].sort((a, b) => a.period - b.period);
  const paid = payClaims(outcomeTerms(terms, currency), claimsOf(terms, ordered), structuredClone(after));
  const periods = new Map<number, ExpectedPeriod>();
  for (const { period, net, shares } of paid) {
    const key = Number(period);
    const sum = periods.get(key) ?? { period: key, net: 0n, payers: new Map<string, bigint>() };
    sum.net += net;
    for (const { payer, amount } of shares) sum.payers.set(payer, (sum.payers.get(payer) ?? 0n) + amount);
    periods.set(key, sum);
  }
  return [...periods.values()];
}

/** The lines of a plan as claims. People that are only expected are numbered. */
function claimsOf({ rateCard }: BondTerms, lines: readonly PlanLine[]): Claim[] {
  let person = 0;
  return lines.map(({ period, metric, quantity, value }): Claim => {
    const kind = rateCard.find((line) => line.metric === metric)!.kind;
    const place = { period: String(period), metric };
    if (kind !== 'per_person_once')
      return { ...place, quantity: quantity ?? undefined, value: value ?? undefined };
    const count = Number(formatShortest(parseDecimal(quantity ?? '0')));
    return { ...place, people: Array.from({ length: count }, () => `expected ${(person += 1)}`) };
  });
}
