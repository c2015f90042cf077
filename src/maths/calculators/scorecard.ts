import { parseDecimal } from '../exact.js';
import { type Scorecard, scoreMeasure } from '../scorecard.js';
import { polarities } from '../trend.js';
import { day, decimal, list, oneOf, readCase, record, text } from './case-reader.js';

const shape = record({
  polarity: oneOf(polarities),
  baseline: decimal(),
  target: decimal(),
  readings: list(record({ on: day, value: decimal() }), { least: 1 }),
  bands: list(record({ atLeastPercentOfTarget: decimal(), colour: text }), { most: 100 }),
});

/** Says how a measure stands against its baseline and target, where it is heading, and its colour. */
export function calculateScorecard(input: unknown) {
  const { polarity, baseline, target, readings, bands } = readCase(shape, input);
  const card = scoreMeasure({
    polarity,
    baseline: parseDecimal(baseline),
    target: parseDecimal(target),
    readings: readings.map(({ on, value }) => ({ on, value: parseDecimal(value) })),
    bands: bands.map(({ atLeastPercentOfTarget, colour }) => ({
      atLeastPercentOfTarget: parseDecimal(atLeastPercentOfTarget),
      colour,
    })),
  });
  return {
    ...card,
    notes: ['Ratios are rounded half-even to 6 places.', ...missingNotes(card, bands.length)],
  };
}

/** Says why a part of the answer is null. */
function missingNotes({ percentOfTarget, baselineChange, colour }: Scorecard, bands: number): string[] {
  return [
    ...(percentOfTarget === null ? ['The target is zero, so nothing can be a part of it.'] : []),
    ...(baselineChange === null ? ['The baseline is zero, so there is no relative change from it.'] : []),
    ...(colour === null && bands > 0 ? ['The last reading reaches no band, so it has no colour.'] : []),
  ];
}
