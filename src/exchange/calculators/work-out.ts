import { calculate, calculatorKinds, isCalculatorKind } from '../../maths/calculators/calculate.js';
import { waterfallWork } from '../../maths/calculators/waterfall.js';
import { xirrWork } from '../../maths/calculators/xirr.js';
import { DomainError } from '../../platform/errors/domain-error.js';

/**
 * The answer of a calculator to a case, exactly as the maths give it.
 * @throws notFound when there is no such calculator; CalculatorProblem when the case must change
 */
export function workOut(kind: string, given: unknown): object {
  if (!isCalculatorKind(kind)) {
    throw new DomainError(
      'notFound',
      `There is no calculator “${kind.slice(0, 60)}”. There are ${calculatorKinds.join(', ')}.`,
    );
  }
  return calculate(kind, given) as object;
}

/** Above this a case would hold up everybody else in the web process for too long. */
const MOST_PAIRS = 200_000;
/** The same for lines that outcome payments carry forward: each may be a line of the answer, period by period. */
const MOST_CARRIED = 50_000;

/** The same for a rate of return: one with a single change of direction, or a few flows that go to and fro. */
const MOST_RATE_WORK = 3_000;

/** And for a waterfall, where every payment asks every tier about every drawdown. */
const MOST_WATERFALL_WORK = 50_000;

/**
 * Refuses a case whose working grows beyond what a shared process should do in one go: an attribution with
 * contributions × disbursements, a rate of return with flows × changes of direction, a waterfall with each investor’s
 * drawdowns × distributions × tiers, outcome payments with the lines and people that are carried from period to
 * period. On the command line it is only the caller who waits.
 * @throws tooLarge; CalculatorProblem when the case must change
 */
export function refuseLongWork(kind: string, given: unknown): void {
  if (kind === 'xirr' && xirrWork(given) > MOST_RATE_WORK) {
    throw new DomainError(
      'tooLarge',
      `These flows change their direction too often to work out here: flows × changes may be ${MOST_RATE_WORK} at ` +
        'most. Take fewer, or use the command line: npm run calculate.',
    );
  }
  if (kind === 'waterfall' && waterfallWork(given) > MOST_WATERFALL_WORK) {
    throw new DomainError(
      'tooLarge',
      'These investors have too many flows to work out here: drawdowns × distributions × tiers, over all investors, ' +
        `may be ${MOST_WATERFALL_WORK} at most. Take fewer, or use the command line: npm run calculate.`,
    );
  }
  const { contributions, disbursements, claims, rateCard, carryForward } = (given ?? {}) as Record<
    string,
    unknown
  >;
  refusePairs('contributions', lengthOf(contributions), 'disbursements', lengthOf(disbursements), MOST_PAIRS);
  if (carryForward !== true || !Array.isArray(claims)) return;
  const named = claims.map((claim: unknown) => (claim ?? {}) as { period?: unknown; people?: unknown });
  const periods = new Set(named.map(({ period }) => period)).size;
  const people = named.reduce((total, claim) => total + lengthOf(claim.people), 0);
  refusePairs('periods', periods, 'lines of the rate card', lengthOf(rateCard), MOST_CARRIED);
  refusePairs('periods', periods, 'people named', people, MOST_PAIRS);
}

function lengthOf(given: unknown): number {
  return Array.isArray(given) ? given.length : 0;
}

function refusePairs(one: string, count: number, other: string, otherCount: number, most: number): void {
  if (count * otherCount <= most) return;
  throw new DomainError(
    'tooLarge',
    `${count} ${one} by ${otherCount} ${other} are too many to work out here: ` +
      `their product may be ${most} at most. Take fewer, or use the command line: npm run calculate.`,
  );
}
