import { allocate } from '../allocate.js';
import { type Arranged, type Bounds, type Fraction, numberAt, type Standing, standingOf } from '../bands.js';
import { divideHalfEven, type ExactDecimal, parseDecimal, powerOfTen } from '../exact.js';
import { MathsError } from '../maths-error.js';
import type { ByThreshold } from './pooled-threshold.js';

/**
 * How a metric is paid: by quantity; once for each person; by the band that holds a value, which for `improvement` is
 * the improvement itself, and for `threshold` is one band that is reached or not.
 */
export const rateKinds = ['per_unit', 'per_person_once', 'band', 'threshold', 'improvement'] as const;
export type RateKind = (typeof rateKinds)[number];

/** What a value within these bounds is worth, in minor units. */
export interface PriceBand extends Bounds {
  price: bigint;
}

/** One line of a rate card. `price` and `cap` (over all periods; `null` for none) in minor units. */
export type RateLine = { metric: string; cap: bigint | null } & (
  | { kind: 'per_unit' | 'per_person_once'; price: bigint }
  | { kind: 'band' | 'improvement'; bands: Arranged<PriceBand> }
  // Where a claim misses the threshold, all claims together may reach the fallback: `pricePooled`.
  | { kind: 'threshold'; bands: Arranged<PriceBand>; fallback?: Arranged<PriceBand> }
);

/**
 * What is claimed for one metric in one period. Quantity and value are decimals as text; people are the keys they are
 * known by, never their names.
 */
export interface Claim {
  period: string;
  metric: string;
  quantity?: string;
  value?: string;
  people?: readonly string[];
}

/** Money of a line that is for one person; `null` where nobody is named. Minor units. */
export interface Part {
  person: string | null;
  amount: bigint;
}

/** How a gross amount (minor units) came about. Its parts sum to it. */
export type Working = { accepted: ExactDecimal; gross: bigint; parts: Part[] } & (
  | { by: 'quantity'; price: bigint }
  | { by: 'people'; price: bigint; counted: string[]; notCounted: NotCounted[] }
  | { by: 'value'; value: ExactDecimal; standing: Standing; price: Fraction; pooled?: ByThreshold }
);

/** A person whose key was claimed, and does not count. */
export interface NotCounted {
  person: string;
  because: 'counted before' | 'named twice';
}

/**
 * Prices a claim by its line of the rate card; `countedBefore` are the people already counted for the metric.
 * quantity × price is rounded half-even, once. Where people are named for a quantity or a value, the gross is for them
 * in equal parts, the odd unit to the earlier. Throws a MathsError whose pointer is into the claim.
 */
export function priceClaim(line: RateLine, claim: Claim, countedBefore: ReadonlySet<string>): Working {
  switch (line.kind) {
    case 'per_person_once':
      return priceOfPeople(line.price, claim, countedBefore);
    case 'per_unit': {
      const quantity = quantityOf(claim);
      if (!quantity) throw missing('quantity', claim);
      const gross = times(quantity, { numerator: line.price, denominator: 1n });
      return { by: 'quantity', accepted: quantity, price: line.price, gross, parts: partsOf(gross, claim) };
    }
    case 'band':
    case 'threshold':
    case 'improvement':
      return priceOfValue(line.bands, claim);
  }
}

function priceOfPeople(price: bigint, claim: Claim, countedBefore: ReadonlySet<string>): Working {
  if (!claim.people) throw missing('people', claim);
  const counted = new Set<string>();
  const notCounted: NotCounted[] = [];
  for (const person of claim.people) {
    if (countedBefore.has(person)) notCounted.push({ person, because: 'counted before' });
    else if (counted.has(person)) notCounted.push({ person, because: 'named twice' });
    else counted.add(person);
  }
  return {
    by: 'people',
    accepted: { units: BigInt(counted.size), scale: 0 },
    price,
    counted: [...counted],
    notCounted,
    gross: price * BigInt(counted.size),
    parts: [...counted].map((person) => ({ person, amount: price })),
  };
}

function priceOfValue(bands: Arranged<PriceBand>, claim: Claim): Working {
  if (claim.value === undefined) throw missing('value', claim);
  const value = parseDecimal(claim.value);
  const accepted = quantityOf(claim) ?? { units: 1n, scale: 0 };
  const price = numberAt(bands, value, (band) => band.price);
  const gross = times(accepted, price);
  const standing = standingOf(bands, value);
  return { by: 'value', accepted, value, standing, price, gross, parts: partsOf(gross, claim) };
}

function quantityOf({ quantity }: Claim): ExactDecimal | undefined {
  if (quantity === undefined) return undefined;
  const exact = parseDecimal(quantity);
  if (exact.units >= 0n) return exact;
  throw new MathsError('negativeQuantity', 'A quantity cannot be negative.', '/quantity');
}

/** quantity × price in minor units, rounded half-even. */
export function times({ units, scale }: ExactDecimal, { numerator, denominator }: Fraction): bigint {
  return divideHalfEven(units * numerator, powerOfTen(scale) * denominator);
}

/** Money for the people who are named, in equal parts, the odd unit to the earlier; or for nobody in particular. */
export function partsOf(gross: bigint, { people = [] }: Pick<Claim, 'people'>): Part[] {
  const named = [...new Set(people)];
  if (named.length === 0) return [{ person: null, amount: gross }];
  const amounts = allocate(
    gross,
    named.map(() => 1n),
  );
  return named.map((person, index) => ({ person, amount: amounts[index]! }));
}

const asked = {
  quantity: 'how many',
  people: 'who, by their keys: each person counts once',
  value: 'which value was reached',
};

function missing(key: keyof typeof asked, { metric }: Claim): MathsError {
  return new MathsError('missing', `A claim of “${metric}” must say ${asked[key]}.`, `/${key}`);
}
