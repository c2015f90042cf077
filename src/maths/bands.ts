import { compareDecimals, type ExactDecimal, formatShortest, onCommonScale } from './exact.js';
import { MathsError } from './maths-error.js';

/**
 * From where to where a band holds. Each bound says itself whether it belongs to the band, so that no value on the
 * line between two bands is a matter of opinion. `null` is no bound.
 */
export interface Bounds {
  from: ExactDecimal | null;
  fromInclusive: boolean;
  to: ExactDecimal | null;
  toInclusive: boolean;
}

/** `step`: the whole band gives one thing. `interpolated`: a straight line from each band's `from` to the next one's. */
export const bandModes = ['step', 'interpolated'] as const;
export type BandMode = (typeof bandModes)[number];

/** An exact fraction, so that a price between two bands is rounded only once, when money is made of it. */
export interface Fraction {
  numerator: bigint;
  denominator: bigint;
}

/** Bands in rising order, as `arrangeBands` made them. */
export interface Arranged<Band extends Bounds> {
  readonly mode: BandMode;
  readonly bands: readonly Band[];
}

/**
 * Bands in rising order, checked: one at least, none is empty, and between the first and the last every value is held
 * by exactly one. Throws a MathsError that names the values which none or two bands hold; its pointer is `pointer`
 * and the place of the band in the list given. Interpolated bands need a `from` each.
 */
export function arrangeBands<Band extends Bounds>(
  bands: readonly Band[],
  { mode = 'step', pointer = '/bands' }: { mode?: BandMode; pointer?: string } = {},
): Arranged<Band> {
  if (bands.length === 0) throw new MathsError('bandsMissing', 'Give one band at least.', pointer);
  const placed = bands.map((band, index) => ({ band, at: `${pointer}/${index}` }));
  for (const { band, at } of placed) refuseEmpty(band, at);
  placed.sort((a, b) => byLowerBound(a.band, b.band));
  placed.slice(1).forEach(({ band, at }, index) => {
    const wrong = betweenNeighbours(placed[index]!.band, band);
    if (wrong) throw new MathsError(wrong.code, wrong.detail, `${at}/from`);
  });
  const bottomless = mode === 'interpolated' && placed.find(({ band }) => band.from === null);
  if (bottomless) {
    const detail = 'An interpolated band needs a from: its price holds there.';
    throw new MathsError('boundMissing', detail, `${bottomless.at}/from`);
  }
  return { mode, bands: placed.map(({ band }) => band) };
}

/** Where a value stands: the place, in rising order, of the band that holds it, or on which side of all it is. */
export type Standing = number | 'below' | 'beyond';

/** Finds the band that holds a value. */
export function standingOf<Band extends Bounds>({ bands }: Arranged<Band>, value: ExactDecimal): Standing {
  const place = bands.findIndex((band) => isAboveFrom(band, value) && isBelowTo(band, value));
  if (place >= 0) return place;
  return isAboveFrom(bands[0]!, value) ? 'beyond' : 'below';
}

/**
 * What bands with a whole number each (minor units, basis points) give for a value, exactly. 0 below the first band.
 * `step`: the number of the band that holds the value, and 0 beyond the last. `interpolated`: the number holds at
 * `from` and runs straight to the next band's at its `from`; the last is flat, and stays so beyond its end.
 */
export function numberAt<Band extends Bounds>(
  arranged: Arranged<Band>,
  value: ExactDecimal,
  numberOf: (band: Band) => bigint,
): Fraction {
  const { mode, bands } = arranged;
  const standing = standingOf(arranged, value);
  if (standing === 'below') return whole(0n);
  if (standing === 'beyond') return whole(mode === 'step' ? 0n : numberOf(bands.at(-1)!));
  const band = bands[standing]!;
  const next = bands[standing + 1];
  if (mode === 'step' || !next?.from || !band.from) return whole(numberOf(band));
  return between(band.from, next.from, value, numberOf(band), numberOf(next));
}

function whole(numerator: bigint): Fraction {
  return { numerator, denominator: 1n };
}

/** On the straight line from `first` at `from` to `last` at `to`. */
function between(
  from: ExactDecimal,
  to: ExactDecimal,
  value: ExactDecimal,
  first: bigint,
  last: bigint,
): Fraction {
  const [start = 0n, point = 0n, end = 0n] = onCommonScale([from, value, to]);
  const width = end - start;
  // A band of one value only: the next begins where it does.
  if (width === 0n) return whole(first);
  return { numerator: first * width + (last - first) * (point - start), denominator: width };
}

function isAboveFrom({ from, fromInclusive }: Bounds, value: ExactDecimal): boolean {
  if (from === null) return true;
  const order = compareDecimals(value, from);
  return order > 0 || (order === 0 && fromInclusive);
}

function isBelowTo({ to, toInclusive }: Bounds, value: ExactDecimal): boolean {
  if (to === null) return true;
  const order = compareDecimals(value, to);
  return order < 0 || (order === 0 && toInclusive);
}

function refuseEmpty({ from, fromInclusive, to, toInclusive }: Bounds, at: string): void {
  if (from === null || to === null) return;
  const order = compareDecimals(from, to);
  if (order < 0 || (order === 0 && fromInclusive && toInclusive)) return;
  const detail = `No value can be in a band from ${formatShortest(from)} to ${formatShortest(to)}.`;
  throw new MathsError('bandEmpty', order > 0 ? `${detail} Its from must come first.` : detail, `${at}/to`);
}

/** By the least value that each holds. */
function byLowerBound(a: Bounds, b: Bounds): number {
  if (a.from === null || b.from === null) return Number(b.from === null) - Number(a.from === null);
  return compareDecimals(a.from, b.from) || Number(b.fromInclusive) - Number(a.fromInclusive);
}

/** What is wrong where one band ends and the next begins; nothing, if every value there is held once. */
function betweenNeighbours(band: Bounds, next: Bounds): { code: string; detail: string } | undefined {
  const overlap = (detail: string) => ({ code: 'bandsOverlap', detail });
  const gap = (detail: string) => ({ code: 'bandsGap', detail });
  if (band.to === null || next.from === null) {
    const [from, to] = [next.from, band.to].map((bound) => bound && formatShortest(bound));
    if (from) return overlap(`From ${from} on two bands hold.`);
    return overlap(to ? `Up to ${to} two bands hold.` : 'Two bands have no bounds.');
  }
  const [end, begin] = [formatShortest(band.to), formatShortest(next.from)];
  const order = compareDecimals(band.to, next.from);
  if (order < 0) return gap(`Between ${end} and ${begin} no band holds.`);
  if (order > 0) {
    const nextEndsFirst = next.to !== null && compareDecimals(next.to, band.to) < 0;
    return overlap(`Between ${begin} and ${nextEndsFirst ? formatShortest(next.to!) : end} two bands hold.`);
  }
  if (band.toInclusive && next.fromInclusive) return overlap(`${end} is held by two bands.`);
  if (!band.toInclusive && !next.fromInclusive) return gap(`${end} is held by no band.`);
  return undefined;
}
