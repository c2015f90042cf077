import { compareDays, type Day } from '../../maths/day.js';
import { compareDecimals, type DatedValue, plainDecimal } from '../../maths/decimals.js';
import { fieldError } from '../../platform/errors/domain-error.js';
import type { Band, Disaggregation, Formula, InputPart, SeriesTerms } from './series.js';

const mostPlaces = 6;

/** A value as it is kept: at most six places. @throws ruleBroken naming the field */
export function keptValue(text: string, pointer: string): string {
  const plain = plainDecimal(text);
  const places = plain.split('.')[1]?.length ?? 0;
  if (places <= mostPlaces) return plain;
  throw fieldError('ruleBroken', pointer, `${text} has more than ${mostPlaces} digits after the point.`);
}

/** What a series may say. @throws ruleBroken naming the field */
export function requireTerms(terms: SeriesTerms, today: Day): SeriesTerms {
  const { baseline, baselineOn } = terms;
  if ((baseline === null) !== (baselineOn === null)) {
    const missing = baseline === null ? '/baseline' : '/baselineOn';
    throw fieldError('ruleBroken', missing, 'A baseline is a value and the day on which it was so.');
  }
  if (baselineOn !== null && compareDays(baselineOn, today) > 0)
    throw fieldError('ruleBroken', '/baselineOn', 'A baseline is known already. Choose a day up to today.');
  return {
    ...terms,
    baseline: baseline === null ? null : keptValue(baseline, '/baseline'),
    bands: requireBands(terms.bands),
    disaggregation: requireDisaggregation(terms.disaggregation),
  };
}

/** A change of the terms: what is undefined stays, what is null is emptied. */
export type TermsChange = { [Name in keyof SeriesTerms]?: SeriesTerms[Name] | null };

export function changedTerms(before: SeriesTerms, change: TermsChange): SeriesTerms {
  const kept = <Value>(value: Value | undefined, old: Value): Value => (value === undefined ? old : value);
  return {
    name: change.name ?? before.name,
    definition: kept(change.definition, before.definition) ?? '',
    unit: change.unit ?? before.unit,
    places: change.places ?? before.places,
    baselineOn: kept(change.baselineOn, before.baselineOn),
    baseline: kept(change.baseline, before.baseline),
    bands: change.bands ?? before.bands,
    disaggregation: change.disaggregation ?? before.disaggregation,
    source: kept(change.source, before.source) ?? '',
    method: kept(change.method, before.method) ?? '',
    responsibleId: kept(change.responsibleId, before.responsibleId),
  };
}

/** Bands from the highest: each colour once, each beginning below the one before. @throws ruleBroken */
export function requireBands(bands: readonly Band[]): Band[] {
  const sorted = bands.toSorted((a, b) =>
    compareDecimals(b.atLeastPercentOfTarget, a.atLeastPercentOfTarget),
  );
  const bounds = new Set(sorted.map(({ atLeastPercentOfTarget }) => plainDecimal(atLeastPercentOfTarget)));
  const colours = new Set(sorted.map(({ colour }) => colour));
  if (bounds.size < sorted.length || colours.size < sorted.length)
    throw fieldError('ruleBroken', '/bands', 'Each colour has one bound, and no two the same.');
  return sorted.map(({ colour, atLeastPercentOfTarget }) => ({
    atLeastPercentOfTarget: plainDecimal(atLeastPercentOfTarget),
    colour,
  }));
}

function requireDisaggregation(parts: readonly Disaggregation[]): Disaggregation[] {
  const names = parts.map(({ dimension }) => dimension);
  if (new Set(names).size < names.length)
    throw fieldError('ruleBroken', '/disaggregation', 'Each dimension is named once.');
  return parts.map(({ dimension, categories }, index) => {
    const pointer = `/disaggregation/${index}/categories`;
    if (categories.some((category) => category === ''))
      throw fieldError('ruleBroken', pointer, 'A category has a name.');
    if (new Set(categories).size < categories.length)
      throw fieldError('ruleBroken', pointer, `Each category of ${dimension} is named once.`);
    return { dimension, categories };
  });
}

/** Refuses that a part with readings is no longer told apart. @throws ruleBroken */
export function requireKeptParts(after: readonly Disaggregation[], read: readonly Part[]): void {
  const lost = read.find(
    ({ dimension, category }) =>
      dimension !== '' &&
      !after.some((one) => one.dimension === dimension && one.categories.includes(category)),
  );
  if (!lost) return;
  const sentence = `There are readings of ${lost.category} (${lost.dimension}): keep it.`;
  throw fieldError('ruleBroken', '/disaggregation', sentence);
}

/** A part of a series, such as Area / North; empty for the whole. */
export interface Part {
  dimension: string;
  category: string;
}

/** Points of a trajectory by day, each day once. @throws ruleBroken naming the point */
export function requirePoints(points: readonly DatedValue[], pointer: string): DatedValue[] {
  const days = new Set<Day>();
  return points
    .map(({ on, value }, index) => {
      if (days.has(on)) throw fieldError('ruleBroken', `${pointer}/${index}/on`, `${on} is named twice.`);
      days.add(on);
      return { on, value: keptValue(value, `${pointer}/${index}/value`) };
    })
    .toSorted((a, b) => compareDays(a.on, b.on));
}

const needed: Record<Formula, readonly InputPart[]> = {
  sum: ['addend'],
  ratio: ['numerator', 'denominator'],
  percentage: ['numerator', 'denominator'],
};

/** What another series brings into a calculation. */
export interface InputTerms {
  id: string;
  part: InputPart;
  name: string;
  unit: string;
  frequency: string;
  formula: Formula | null;
}

/**
 * What a formula is calculated from: parts that it has a use for, all of them there, read as often as it is told, and
 * counted in one unit where they are added up. @throws ruleBroken naming the input
 */
export function requireInputs(
  { formula, frequency }: { formula: Formula; frequency: string },
  inputs: readonly InputTerms[],
): void {
  inputs.forEach(({ part, name, frequency: own, formula: calculated }, index) => {
    const no = (sentence: string) => fieldError('ruleBroken', `/inputs/${index}`, sentence);
    if (!needed[formula].includes(part)) throw no(`A ${formula} has no ${part}.`);
    if (calculated !== null) throw no(`${name} is calculated itself. Choose what it is calculated from.`);
    if (own !== frequency) throw no(`${name} is not read as often: choose the same frequency for both.`);
  });
  for (const part of needed[formula]) {
    const units = new Set(inputs.filter((input) => input.part === part).map(({ unit }) => unit));
    if (units.size === 0) throw fieldError('ruleBroken', '/inputs', `A ${formula} needs a ${part}.`);
    if (units.size > 1) {
      const sentence = `What is added up is counted in one unit, not in ${[...units].join(' and ')}.`;
      throw fieldError('ruleBroken', '/inputs', sentence);
    }
  }
  const ids = inputs.map(({ id, part }) => `${part} ${id}`);
  if (new Set(ids).size < ids.length)
    throw fieldError('ruleBroken', '/inputs', 'The same input is named twice.');
}
