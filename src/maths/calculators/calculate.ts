import { MathsError } from '../maths-error.js';
import { calculateAccrue } from './accrue.js';
import { calculateAllocate } from './allocate.js';
import { calculateAttribution } from './attribution.js';
import { CalculatorProblem } from './calculator-problem.js';
import { calculateForecast } from './forecast.js';
import { calculateOutcomePayments } from './outcome-payments.js';
import { calculateSchedule } from './schedule.js';
import { calculateScorecard } from './scorecard.js';
import { calculateWaterfall } from './waterfall.js';
import { calculateXirr } from './xirr.js';

export { CalculatorProblem } from './calculator-problem.js';

/** Every calculator, by the name it is asked for. A new one is one line here. */
const calculators = {
  allocate: calculateAllocate,
  schedule: calculateSchedule,
  'outcome-payments': calculateOutcomePayments,
  attribution: calculateAttribution,
  scorecard: calculateScorecard,
  forecast: calculateForecast,
  accrue: calculateAccrue,
  xirr: calculateXirr,
  waterfall: calculateWaterfall,
} satisfies Record<string, (input: unknown) => unknown>;

export type CalculatorKind = keyof typeof calculators;

export const calculatorKinds = Object.keys(calculators) as CalculatorKind[];

/** True for the name of a calculator. */
export function isCalculatorKind(kind: string): kind is CalculatorKind {
  return Object.hasOwn(calculators, kind);
}

/**
 * Runs a calculator on a case, as parsed from JSON, and gives its answer, ready to be JSON. Pure: no money moves.
 * Throws a CalculatorProblem that names each place of the case that must change.
 */
export function calculate(kind: string, input: unknown): unknown {
  if (!isCalculatorKind(kind)) {
    const detail = `There is no calculator "${kind.slice(0, 60)}". There are ${calculatorKinds.join(', ')}.`;
    throw new CalculatorProblem('unknownKind', detail, []);
  }
  try {
    return calculators[kind](input);
  } catch (error) {
    if (!(error instanceof MathsError)) throw error;
    const { code, detail, pointer = '' } = error;
    throw new CalculatorProblem(code, detail, [{ pointer, code, message: detail }]);
  }
}
