import { calculate, calculatorKinds, isCalculatorKind } from '../../maths/calculators/calculate.js';
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

/** Above this an attribution would hold up everybody else in the web process for too long. */
const MOST_PAIRS = 200_000;

/**
 * Refuses a case whose working grows with contributions × disbursements beyond what a shared process should do
 * in one go. On the command line it is only the caller who waits.
 * @throws tooLarge
 */
export function refuseLongWork(given: unknown): void {
  const { contributions, disbursements } = (given ?? {}) as Record<string, unknown>;
  if (!Array.isArray(contributions) || !Array.isArray(disbursements)) return;
  if (contributions.length * disbursements.length <= MOST_PAIRS) return;
  throw new DomainError(
    'tooLarge',
    `${contributions.length} contributions by ${disbursements.length} disbursements are too many to work out here: ` +
      `their product may be ${MOST_PAIRS} at most. Take fewer, or use the command line: npm run calculate.`,
  );
}
