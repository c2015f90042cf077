import { Decimal } from 'decimal.js';
import { compareDays, type Day, daysBetween } from './day.js';
import { MathsError } from './maths-error.js';
import { positiveRoots, refineRoot, signChanges, type Term } from './positive-roots.js';

/** Money on a day, in minor units: what an investor pays is below zero, what it gets above. */
export interface Flow {
  on: Day;
  amount: bigint;
}

/** A yearly rate to 10 places, or why there is none; where several rates fit, all of them in rising order. */
export type Xirr =
  | { rate: string }
  | { rate: null; reason: 'no sign change' | 'no root' }
  | { rate: null; reason: 'not unique'; roots: string[] };

const daysOfYear = 365;
const places = 10;

// Ten places, twenty lost at a root, and twenty more so that what is a double root shows as one.
const leastDigits = 50;
const mostDigitsOfRate = 5000;

/**
 * The internal rate of return: the rate r above -1 at which all flows, discounted by (1 + r)^(days ÷ 365) as
 * spreadsheets do it, sum to zero. Finds every such rate, so that “not unique” is known and not guessed. Flows may come
 * in any order; those of one day count as one, and days that come to nothing do not count. Rounded half-even.
 *
 * With x = (1 + r)^(-1 ÷ 365) the sum is Σ amount × x^day, all rates above -1 are all x above zero, and
 * `positiveRoots` finds those. Money first out and then in changes its sign once, so its rate is unique and there.
 */
export function xirr(flows: readonly Flow[]): Xirr {
  const terms = termsOf(flows);
  const changesSign = terms.some(({ coefficient }) => coefficient < 0n !== terms[0]!.coefficient < 0n);
  if (!changesSign) return { rate: null, reason: 'no sign change' };
  // Two rates that are the same to ten places are one answer.
  const rates = [...new Set(ratesOf(terms).map(toPlaces))];
  const [rate] = rates;
  if (rate === undefined) return { rate: null, reason: 'no root' };
  return rates.length === 1 ? { rate } : { rate: null, reason: 'not unique', roots: rates };
}

/** How many rates there can be at most: as often as the money, day by day, changes its direction. */
export function mostRates(flows: readonly Flow[]): number {
  return signChanges(termsOf(flows));
}

/** The flows as terms in x: netted by day, without those that come to nothing, by days since the first. */
function termsOf(flows: readonly Flow[]): Term[] {
  const byDay = new Map<Day, bigint>();
  for (const { on, amount } of flows) byDay.set(on, (byDay.get(on) ?? 0n) + amount);
  const netted = [...byDay].filter(([, net]) => net !== 0n).sort(([a], [b]) => compareDays(a, b));
  return netted.map(([on, net]) => ({ coefficient: net, exponent: daysBetween(netted[0]![0], on) }));
}

/** All rates, rising, exact beyond the places asked for. */
function ratesOf(terms: Term[]): Decimal[] {
  return positiveRoots(terms, leastDigits)
    .toReversed()
    .map((x) => {
      const rate = rateAt(x);
      const digits = Math.max(0, rate.e + 1);
      if (digits <= places) return rate;
      if (digits <= mostDigitsOfRate) return rateAt(refineRoot(terms, x, leastDigits + digits));
      const detail = `The rate would have more than ${mostDigitsOfRate} digits: the flows are too near to each other.`;
      throw new MathsError('rateOutOfRange', detail, '/flows');
    });
}

function rateAt(x: Decimal): Decimal {
  return x.pow(-daysOfYear).minus(1);
}

/** First to twenty places: a rate that lies in the middle of two is then exactly there, and goes to the even one. */
function toPlaces(rate: Decimal): string {
  const rounded = rate
    .toDecimalPlaces(2 * places, Decimal.ROUND_HALF_EVEN)
    .toDecimalPlaces(places, Decimal.ROUND_HALF_EVEN);
  return rounded.isZero() ? new Decimal(0).toFixed(places) : rounded.toFixed(places);
}
