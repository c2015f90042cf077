import { arrangeBands, type BandMode } from '../bands.js';
import { parseDecimal } from '../exact.js';
import { MathsError } from '../maths-error.js';
import type { Caps } from './caps.js';
import type { Payer } from './payer-split.js';
import { arrangeFallback } from './pooled-threshold.js';
import type { PriceBand, RateKind, RateLine } from './rate-card.js';

/**
 * A rate card, caps and payers as they were written down. Amounts in minor units, weights as decimal text. A payer's
 * weight for one metric goes before its weight for all of them.
 */
export interface TermsGiven {
  rateCard: readonly {
    metric: string;
    kind: RateKind;
    price: bigint;
    cap?: bigint;
    bands?: readonly PriceBand[];
    mode?: BandMode;
    /** Of a threshold: the band that all its claims together may reach where one alone does not. */
    fallback?: PriceBand;
  }[];
  caps: Caps;
  payers: readonly {
    payer: string;
    weight?: string;
    weightOf?: ReadonlyMap<string, string>;
    cap?: bigint;
    metrics?: readonly string[];
  }[];
  carryForward: boolean;
}

/** Terms that hold together. */
export interface Terms {
  rateCard: ReadonlyMap<string, RateLine>;
  caps: Caps;
  payers: readonly Payer[];
  /** Who pays for a metric, in the order of the payers. */
  payersOf: ReadonlyMap<string, readonly Payer[]>;
  carryForward: boolean;
}

/**
 * Checks that terms hold together: every metric stands once on the rate card, with bands that neither overlap nor leave
 * a gap where it needs bands, and has payers who can share. Throws a MathsError that names the place.
 */
export function agreeTerms({ rateCard, caps, payers, carryForward }: TermsGiven): Terms {
  refuseTwice(
    rateCard.map(({ metric }) => metric),
    (metric) => `The metric “${metric}” stands on the rate card twice.`,
    (index) => `/rateCard/${index}/metric`,
  );
  refuseTwice(
    payers.map(({ payer }) => payer),
    (payer) => `The payer “${payer}” is named twice.`,
    (index) => `/payers/${index}/payer`,
  );
  const lines = rateCard.map((line, index) => readLine(line, `/rateCard/${index}`));
  refuseUnknownMetrics(payers, new Set(rateCard.map(({ metric }) => metric)));
  const read = payers.map((payer) => readPayer(payer));
  const payersOf = lines.map(({ metric }, index) => {
    const places = [...payers.keys()].filter((place) => payers[place]!.metrics?.includes(metric) ?? true);
    if (places.length === 0) {
      throw new MathsError('payerMissing', `Nobody pays for “${metric}”.`, `/rateCard/${index}/metric`);
    }
    const paying = payers.map((payer) => readPayer(payer, metric));
    refuseUnshareable(metric, places, paying);
    return [metric, places.map((place) => paying[place]!)] as const;
  });
  return {
    rateCard: new Map(lines.map((line) => [line.metric, line])),
    caps,
    payers: read,
    payersOf: new Map(payersOf),
    carryForward,
  };
}

function readLine(
  { metric, kind, price, cap, bands = [], mode = 'step', fallback }: TermsGiven['rateCard'][number],
  pointer: string,
): RateLine {
  const line = { metric, cap: cap ?? null };
  if (fallback && kind !== 'threshold') {
    const detail = `Only a threshold has a pooled fallback, and “${metric}” is none.`;
    throw new MathsError('fallbackMisplaced', detail, `${pointer}/fallback`);
  }
  if (kind === 'per_unit' || kind === 'per_person_once') return { ...line, kind, price };
  if (kind === 'threshold' && bands.length !== 1) {
    const detail = `The threshold of “${metric}” needs exactly one band.`;
    throw new MathsError('thresholdBands', detail, `${pointer}/bands`);
  }
  const arranged = { ...line, kind, bands: arrangeBands(bands, { mode, pointer: `${pointer}/bands` }) };
  if (!fallback) return arranged;
  return { ...arranged, kind: 'threshold', fallback: arrangeFallback(fallback, `${pointer}/fallback`) };
}

/** A payer with its weight for a metric, or the one for all. */
function readPayer({ payer, weight, weightOf, cap }: TermsGiven['payers'][number], metric?: string): Payer {
  const text = (metric === undefined ? undefined : weightOf?.get(metric)) ?? weight;
  return { payer, weight: text === undefined ? null : parseDecimal(text), cap: cap ?? null };
}

function refuseTwice(
  names: string[],
  detail: (name: string) => string,
  pointer: (index: number) => string,
): void {
  const seen = new Set<string>();
  names.forEach((name, index) => {
    if (seen.has(name)) throw new MathsError('namedTwice', detail(name), pointer(index));
    seen.add(name);
  });
}

function refuseUnknownMetrics(payers: TermsGiven['payers'], known: ReadonlySet<string>): void {
  payers.forEach(({ metrics = [] }, place) => {
    const index = metrics.findIndex((metric) => !known.has(metric));
    if (index < 0) return;
    const detail = `The rate card has no metric “${metrics[index]}”.`;
    throw new MathsError('unknownMetric', detail, `/payers/${place}/metrics/${index}`);
  });
}

/** Several payers of a metric share by weight, all of them, or by remaining cap, all of them. */
function refuseUnshareable(metric: string, places: number[], payers: readonly Payer[]): void {
  const lacks = (key: 'weight' | 'cap') => places.find((place) => payers[place]![key] === null);
  const weights = places.flatMap((place) => payers[place]!.weight ?? []);
  const [first = 0] = places;
  const unweighted = lacks('weight');
  if (weights.length > 0 && unweighted !== undefined) {
    throw new MathsError(
      'weightMissing',
      `Give every payer of “${metric}” a weight, or none of them.`,
      `/payers/${unweighted}/weight`,
    );
  }
  if (weights.length > 0 && weights.every(({ units }) => units === 0n)) {
    throw new MathsError(
      'zeroWeights',
      `The weights of those who pay for “${metric}” sum to zero, so nobody has a share.`,
      `/payers/${first}/weight`,
    );
  }
  const uncapped = lacks('cap');
  if (weights.length === 0 && places.length > 1 && uncapped !== undefined) {
    throw new MathsError(
      'capMissing',
      `Without weights, the payers of “${metric}” share by remaining cap: give each a cap.`,
      `/payers/${uncapped}/cap`,
    );
  }
}
