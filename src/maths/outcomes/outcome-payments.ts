import type { ExactDecimal } from '../exact.js';
import { MathsError } from '../maths-error.js';
import { type Trim, trim, useRoom } from './caps.js';
import { emptyPool, type Pool, pricePooled } from './pooled-threshold.js';
import { type Share, splitNet } from './payer-split.js';
import { type Claim, type Part, priceClaim, type RateLine, type Working } from './rate-card.js';
import { add, mergeParts, type Tally, totalOf } from './tally.js';
import type { Terms } from './terms.js';

/**
 * What a claim comes to, in minor units: gross − what the caps trimmed = net = what the payers pay + what is unpaid
 * because it exceeds a payer's cap. `working` is `null` where money of an earlier period is claimed again, and no new
 * outcome is accepted.
 */
export interface PaidLine {
  period: string;
  metric: string;
  working: Working | null;
  accepted: ExactDecimal;
  gross: bigint;
  trimmed: Trim[];
  net: bigint;
  shares: Share[];
  unpaid: Share[];
}

/**
 * Pays claims in the order given and enters them in the tally, which it changes. Claims that are paid one after the
 * other come to exactly what they come to at once. Terms may differ from one call to the next: what earlier claims
 * came to stays as it was. Throws a MathsError whose pointer is into the claims; the tally is of no use then.
 */
export function payClaims(terms: Terms, claims: readonly Claim[], tally: Tally): PaidLine[] {
  return claims.flatMap((claim, index) => {
    try {
      return payClaim(terms, claim, tally);
    } catch (error) {
      if (!(error instanceof MathsError)) throw error;
      throw new MathsError(error.code, error.detail, `/claims/${index}${error.pointer ?? ''}`);
    }
  });
}

/** The line of a claim; before it, if its period has not appeared yet, the lines of what was carried forward. */
function payClaim(terms: Terms, claim: Claim, tally: Tally): PaidLine[] {
  const { metric, period } = claim;
  const line = terms.rateCard.get(metric);
  if (!line) {
    throw new MathsError('unknownMetric', `The rate card has no metric “${metric}”.`, '/metric');
  }
  const counted = tally.counted.get(metric) ?? new Set();
  const { working, pool } = price(line, claim, counted, tally);
  const again = tally.periods.has(period) ? [] : claimAgain(terms, period, tally);
  if (working.by === 'people') {
    for (const person of working.counted) counted.add(person);
    tally.counted.set(metric, counted);
  }
  if (pool) tally.pools.set(metric, pool);
  return [...again, payLine(terms, line, period, working, tally)];
}

/** What a claim is worth; and, for a threshold with a fallback, the pool that a next claim begins with. */
function price(
  line: RateLine,
  claim: Claim,
  counted: ReadonlySet<string>,
  { pools }: Tally,
): { working: Working; pool?: Pool } {
  if (line.kind === 'threshold' && line.fallback) {
    const { fallback } = line;
    return pricePooled({ ...line, fallback }, claim, pools.get(line.metric) ?? emptyPool);
  }
  return { working: priceClaim(line, claim, counted) };
}

function claimAgain(terms: Terms, period: string, tally: Tally): PaidLine[] {
  tally.periods.set(period, 0n);
  const waiting = [...tally.carried];
  return waiting.flatMap(([metric, parts]) => {
    const line = terms.rateCard.get(metric);
    // Terms that no longer know the metric cannot pay it; it waits for terms that do.
    if (!line) return [];
    tally.carried.delete(metric);
    return payLine(terms, line, period, { parts }, tally);
  });
}

/** Trims and shares what was worked out now, or parts that an earlier period left. */
function payLine(
  terms: Terms,
  line: RateLine,
  period: string,
  claimed: Working | { parts: readonly Part[] },
  tally: Tally,
): PaidLine {
  const { parts } = claimed;
  const working = 'by' in claimed ? claimed : null;
  const place = { metric: line.metric, period };
  const capped = trim(parts, place, { ...terms.caps, line: line.cap }, tally);
  useRoom(capped.parts, place, tally);
  if (terms.carryForward) carry(line.metric, capped.cutByPeriod, tally);
  const net = totalOf(capped.parts);
  const { shares, unpaid } = splitNet(net, terms.payersOf.get(line.metric)!, tally.payers);
  for (const { payer, amount } of shares) add(tally.payers, payer, amount);
  return {
    ...place,
    working,
    accepted: working?.accepted ?? { units: 0n, scale: 0 },
    gross: totalOf(parts),
    trimmed: capped.trimmed,
    net,
    shares,
    unpaid,
  };
}

function carry(metric: string, cut: readonly Part[], tally: Tally): void {
  const parts = mergeParts([...(tally.carried.get(metric) ?? []), ...cut]);
  if (parts.length > 0) tally.carried.set(metric, parts);
}
