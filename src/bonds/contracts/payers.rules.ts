import type { BondTerms, PayerTerm } from './bond-terms.js';
import { isZero, type Problem, problem, twice } from './rate-card.rules.js';

/** Who pays: every metric has somebody who does, and they share it by the one rule that was agreed. */
export function* payerProblems(terms: BondTerms): Generator<Problem> {
  const { payers } = terms;
  if (payers.length === 0) yield problem('/payers', 'Say who pays for outcomes: one payer at least.');
  yield* twice(
    payers.map(({ organisationId }) => organisationId),
    (index) => `/payers/${index}/organisationId`,
    () => 'This payer is named twice.',
  );
  for (const [index, payer] of payers.entries()) {
    yield* metricProblems(terms, payer, `/payers/${index}`);
    yield* weightProblems(terms, payer, `/payers/${index}`);
  }
  yield* unpaidMetrics(terms);
}

function* metricProblems(
  { rateCard, shareRule }: BondTerms,
  { metrics, weights }: PayerTerm,
  at: string,
): Generator<Problem> {
  const known = new Set(rateCard.map(({ metric }) => metric));
  const unknown = (metric: string) => `The rate card has no metric “${metric}”.`;
  if (metrics !== null && shareRule === 'perMetric') {
    yield problem(`${at}/metrics`, 'Its weights say which metrics it pays for: leave this out.');
  }
  for (const [index, metric] of (metrics ?? []).entries()) {
    if (!known.has(metric)) yield problem(`${at}/metrics/${index}`, unknown(metric), 'unknownMetric');
  }
  yield* twice(
    metrics ?? [],
    (index) => `${at}/metrics/${index}`,
    (metric) => `“${metric}” is named twice.`,
  );
  for (const [index, { metric }] of (weights ?? []).entries()) {
    if (!known.has(metric)) yield problem(`${at}/weights/${index}/metric`, unknown(metric), 'unknownMetric');
  }
  yield* twice(
    (weights ?? []).map(({ metric }) => metric),
    (index) => `${at}/weights/${index}/metric`,
    (metric) => `“${metric}” has two weights.`,
  );
}

/** Each share rule needs its own weights, and no other. */
function* weightProblems(
  { shareRule, payers }: BondTerms,
  { weight, weights, cap }: PayerTerm,
  at: string,
): Generator<Problem> {
  if (shareRule === 'fixed' && weight === null)
    yield problem(`${at}/weight`, 'Shares are fixed, so every payer needs a weight.');
  if (shareRule !== 'fixed' && weight !== null)
    yield problem(`${at}/weight`, 'Shares are not fixed, so no payer has one weight: leave it out.');
  if (shareRule === 'perMetric' && (weights === null || weights.length === 0))
    yield problem(`${at}/weights`, 'Shares go by metric, so every payer needs a weight for one at least.');
  if (shareRule !== 'perMetric' && weights !== null && weights.length > 0)
    yield problem(`${at}/weights`, 'Shares do not go by metric: leave these weights out.');
  if (shareRule === 'remainingCap' && cap === null && payers.length > 1)
    yield problem(`${at}/cap`, 'Shares go by what is left of each cap, so every payer needs one.');
}

function* unpaidMetrics({ rateCard, payers, shareRule }: BondTerms): Generator<Problem> {
  if (payers.length === 0) return;
  for (const [index, { metric }] of rateCard.entries()) {
    const weights = payers.flatMap((payer) => weightFor(payer, metric, shareRule));
    const at = `/rateCard/${index}/metric`;
    if (weights.length === 0) yield problem(at, `Nobody pays for “${metric}”.`, 'payerMissing');
    else if (weights.every((weight) => weight !== null && isZero(weight)))
      yield problem(
        at,
        `The weights of those who pay for “${metric}” sum to zero, so nobody has a share.`,
        'zeroWeights',
      );
  }
}

/** The weight of a payer for a metric, one or none; null where it pays and no weight is needed. */
function weightFor(payer: PayerTerm, metric: string, rule: BondTerms['shareRule']): (string | null)[] {
  if (rule === 'perMetric') {
    return (payer.weights ?? []).filter((one) => one.metric === metric).map(({ weight }) => weight);
  }
  if (payer.metrics !== null && !payer.metrics.includes(metric)) return [];
  return [rule === 'fixed' ? payer.weight : null];
}
