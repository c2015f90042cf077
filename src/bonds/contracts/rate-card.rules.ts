import { arrangeBands, type Bounds } from '../../maths/bands.js';
import { onCommonScale, parseDecimal } from '../../maths/exact.js';
import { MathsError } from '../../maths/maths-error.js';
import { formatMoney, parseAmount } from '../../maths/money.js';
import type { FieldError } from '../../platform/errors/domain-error.js';
import type { BandTerm, BondTerms, BoundsTerm, RateCardTerm } from './bond-terms.js';

/** What stands in the way of signing, by its place in the terms. */
export type Problem = FieldError;

export const problem = (pointer: string, message: string, code = 'ruleBroken'): Problem => ({
  pointer: `/terms${pointer}`,
  code,
  message,
});

/** Bounds as the maths takes them. */
export const boundsOf = <Band extends BoundsTerm>(band: Band): Omit<Band, keyof BoundsTerm> & Bounds => ({
  ...band,
  from: band.from === null ? null : parseDecimal(band.from),
  to: band.to === null ? null : parseDecimal(band.to),
});

/** What is wrong with bands, at the band that is to blame: one that is empty, a gap, an overlap. */
export function* bandProblems(
  bands: readonly BoundsTerm[],
  pointer: string,
  mode?: 'step' | 'interpolated' | null,
): Generator<Problem> {
  try {
    arrangeBands(bands.map(boundsOf), { mode: mode ?? 'step', pointer });
  } catch (error) {
    if (!(error instanceof MathsError)) throw error;
    yield problem(error.pointer ?? pointer, error.detail, error.code);
  }
}

/** One problem for every later one of two that are the same. */
export function* twice(
  names: readonly string[],
  place: (index: number) => string,
  sentence: (name: string) => string,
): Generator<Problem> {
  const seen = new Set<string>();
  for (const [index, name] of names.entries()) {
    if (seen.has(name)) yield problem(place(index), sentence(name), 'namedTwice');
    seen.add(name);
  }
}

/** Whether shares, decimals as text, are the whole: exactly one. */
export function sumToOne(shares: readonly string[]): boolean {
  const [one, ...units] = onCommonScale(['1', ...shares].map(parseDecimal));
  return units.reduce((total, share) => total + share, 0n) === one;
}

export const isZero = (decimal: string): boolean => parseDecimal(decimal).units === 0n;

const isBanded = (kind: RateCardTerm['kind']): boolean => kind !== 'per_unit' && kind !== 'per_person_once';

/** The rate card: what is paid for, each metric once, with bands that neither overlap nor leave a gap. */
export function* rateCardProblems({ rateCard }: BondTerms, currency: string): Generator<Problem> {
  if (rateCard.length === 0) yield problem('/rateCard', 'Say what is paid for: one metric at least.');
  yield* twice(
    rateCard.map(({ metric }) => metric),
    (index) => `/rateCard/${index}/metric`,
    (metric) => `The metric “${metric}” stands on the rate card twice.`,
  );
  for (const [index, line] of rateCard.entries()) yield* lineProblems(line, `/rateCard/${index}`, currency);
}

function* lineProblems(line: RateCardTerm, at: string, currency: string): Generator<Problem> {
  const { metric, kind, price, bands, mode, fallback } = line;
  if (fallback && kind !== 'threshold')
    yield problem(`${at}/fallback`, `Only a threshold has a pooled fallback, and “${metric}” is none.`);
  if (!isBanded(kind)) {
    if (price === null || parseAmount(price, currency) === 0n)
      yield problem(`${at}/price`, `Say what “${metric}” is worth: a price above zero.`);
    if (bands !== null && bands.length > 0)
      yield problem(`${at}/bands`, `“${metric}” is paid by its price, so it has no bands.`);
    if (mode !== null) yield problem(`${at}/mode`, `“${metric}” has no bands, so nothing runs between them.`);
    return;
  }
  if (price !== null)
    yield problem(`${at}/price`, `The bands say what “${metric}” is worth: leave this out.`);
  if (kind === 'threshold' && bands?.length !== 1) {
    yield problem(`${at}/bands`, `The threshold of “${metric}” needs exactly one band.`, 'thresholdBands');
    return;
  }
  if (kind === 'threshold' && mode === 'interpolated')
    yield problem(`${at}/mode`, `A threshold is reached or not: nothing runs between bands of “${metric}”.`);
  yield* bandProblems(bands ?? [], `${at}/bands`, mode);
  if (bands?.length && bands.every((band) => parseAmount(band.price, currency) === 0n))
    yield problem(`${at}/bands`, `No band of “${metric}” pays anything.`);
  if (fallback && kind === 'threshold') yield* fallbackProblems(fallback, `${at}/fallback`, currency);
}

function* fallbackProblems(fallback: BandTerm, at: string, currency: string): Generator<Problem> {
  for (const { pointer, message, code } of bandProblems([fallback], at))
    yield { pointer: pointer.replace(`${at}/0`, at), message, code };
  if (parseAmount(fallback.price, currency) === 0n)
    yield problem(
      `${at}/price`,
      'A pooled fallback that pays nothing does nothing: give it a price, or leave it out.',
    );
}

/** Caps: above zero, and none above the bond's, which it could never reach. */
export function* capProblems(terms: BondTerms, currency: string): Generator<Problem> {
  const bond = terms.caps.bond === null ? null : parseAmount(terms.caps.bond, currency);
  const caps: [place: string, cap: string | null][] = [
    ['/caps/bond', terms.caps.bond],
    ['/caps/period', terms.caps.period],
    ['/caps/person', terms.caps.person],
    ...terms.rateCard.map(({ cap }, at): [string, string | null] => [`/rateCard/${at}/cap`, cap]),
    ...terms.payers.map(({ cap }, at): [string, string | null] => [`/payers/${at}/cap`, cap]),
  ];
  for (const [place, text] of caps) {
    if (text === null) continue;
    const cap = parseAmount(text, currency);
    if (cap === 0n) yield problem(place, 'A cap of nothing pays nothing: raise it, or leave it out.');
    if (bond !== null && bond > 0n && cap > bond) {
      const sentence = `A cap above the bond’s own, ${formatMoney(bond, currency, 'en-GB')}, can never be reached. Lower it, or leave it out.`;
      yield problem(place, sentence);
    }
  }
}
