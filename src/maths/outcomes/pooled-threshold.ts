import { type Arranged, arrangeBands, type Bounds, type Fraction, standingOf } from '../bands.js';
import { divideHalfEven, type ExactDecimal, onCommonScale, powerOfTen } from '../exact.js';
import { MathsError } from '../maths-error.js';
import {
  type Claim,
  type Part,
  partsOf,
  type PriceBand,
  priceClaim,
  type RateLine,
  times,
  type Working,
} from './rate-card.js';

/** A threshold with a second one, for what all claims of its metric come to together. */
export type PooledLine = Extract<RateLine, { kind: 'threshold' }> & { fallback: Arranged<PriceBand> };

/** What a later claim of such a metric needs to know of the earlier ones. */
export interface Pool {
  /** Σ value × quantity, and Σ quantity, of all claims. */
  weighted: ExactDecimal;
  quantity: ExactDecimal;
  /** Claims that no threshold has paid yet, in their order. */
  missed: readonly Missed[];
}

type Missed = Pick<Claim, 'people'> & { quantity: ExactDecimal };

/** Which threshold a claim was paid by, and what it was measured by. */
export interface ByThreshold {
  threshold: 'own' | 'pooled' | 'neither';
  /** The mean value of all claims by quantity, with this one; null while their quantity is nothing. */
  mean: Fraction | null;
  /** The quantity of earlier claims that had missed, and is paid with this one. */
  earlier: ExactDecimal;
}

const nothing: ExactDecimal = { units: 0n, scale: 0 };
export const emptyPool: Pool = { weighted: nothing, quantity: nothing, missed: [] };

/**
 * The band of a fallback, checked. `pointer` is its place.
 * @throws MathsError naming the place in it
 */
export function arrangeFallback<Band extends Bounds>(band: Band, pointer: string): Arranged<Band> {
  try {
    return arrangeBands([band], { pointer });
  } catch (error) {
    if (!(error instanceof MathsError)) throw error;
    throw new MathsError(error.code, error.detail, error.pointer?.replace(`${pointer}/0`, pointer));
  }
}

/**
 * Prices a claim of a threshold with a fallback. Reached by its own value, it is paid by the threshold. Missed, it is
 * paid by the fallback if the mean of all claims so far, by quantity, reaches that; and so are the earlier ones that
 * had missed, once. Each claim's money is rounded half-even by itself. What was paid stays paid, whatever the mean
 * becomes.
 * @returns the working, and the pool for the next claim
 */
export function pricePooled(line: PooledLine, claim: Claim, before: Pool): { working: Working; pool: Pool } {
  const own = priceClaim(line, claim, new Set());
  if (own.by !== 'value') throw new Error('A threshold is priced by its value.');
  const { accepted, value } = own;
  const pool = {
    weighted: plus(before.weighted, {
      units: value.units * accepted.units,
      scale: value.scale + accepted.scale,
    }),
    quantity: plus(before.quantity, accepted),
  };
  const mean = meanOf(pool);
  const said = (threshold: ByThreshold['threshold'], earlier = nothing) => ({ threshold, mean, earlier });
  if (typeof own.standing === 'number')
    return { working: { ...own, pooled: said('own') }, pool: { ...pool, missed: before.missed } };
  const missed = [...before.missed, { quantity: accepted, people: claim.people }];
  if (mean === null || !isReached(line.fallback, mean))
    return { working: { ...own, pooled: said('neither') }, pool: { ...pool, missed } };
  const price = { numerator: line.fallback.bands[0]!.price, denominator: 1n };
  const parts = missed.flatMap(({ quantity, people }): Part[] => partsOf(times(quantity, price), { people }));
  const gross = parts.reduce((total, { amount }) => total + amount, 0n);
  const earlier = before.missed.reduce((total, { quantity }) => plus(total, quantity), nothing);
  return {
    working: { ...own, price, gross, parts, pooled: said('pooled', earlier) },
    pool: { ...pool, missed: [] },
  };
}

function plus(a: ExactDecimal, b: ExactDecimal): ExactDecimal {
  const [left = 0n, right = 0n] = onCommonScale([a, b]);
  return { units: left + right, scale: Math.max(a.scale, b.scale) };
}

function meanOf({ weighted, quantity }: Omit<Pool, 'missed'>): Fraction | null {
  const [numerator = 0n, denominator = 0n] = onCommonScale([weighted, quantity]);
  return denominator === 0n ? null : { numerator, denominator };
}

/** Compared without dividing, so that no mean is rounded over a bound: numerator with bound × denominator. */
function isReached({ mode, bands }: Arranged<PriceBand>, { numerator, denominator }: Fraction): boolean {
  const [band] = bands;
  const times = (bound: ExactDecimal | null) =>
    bound && { units: bound.units * denominator, scale: bound.scale };
  const scaled = { mode, bands: [{ ...band!, from: times(band!.from), to: times(band!.to) }] };
  return standingOf(scaled, { units: numerator, scale: 0 }) === 0;
}

/** The mean to so many places, for people to read. */
export const meanTo = ({ numerator, denominator }: Fraction, places: number): ExactDecimal => ({
  units: divideHalfEven(numerator * powerOfTen(places), denominator),
  scale: places,
});
