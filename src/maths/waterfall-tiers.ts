import type { DecimalLike } from './exact.js';
import { onCommonScale, parseDecimal, powerOfTen } from './exact.js';
import type { InterestTerms } from './interest.js';
import { MathsError } from './maths-error.js';
import { sum } from './money.js';

/** How what is left is shared; the three sum to exactly 1. */
export interface ResidualShares {
  investors: DecimalLike;
  provider: DecimalLike;
  pool: DecimalLike;
}

/**
 * One tier of a waterfall. `fee`: minor units, once, to others. `capital`: what was drawn and has not come back.
 * `preferred`: interest on outstanding capital. `irrCap`: until each investor's XIRR is `rate`. `residual`: all that
 * is left, by shares.
 */
export type Tier =
  | { kind: 'fee'; amount: bigint }
  | { kind: 'capital' }
  | ({ kind: 'preferred' } & InterestTerms)
  | { kind: 'irrCap'; rate: DecimalLike }
  | { kind: 'residual'; shares: ResidualShares };

/** Refuses shares that do not sum to 1, and a tier after the residual one, which never would be paid. */
export function refuseUnsoundTiers(tiers: readonly Tier[]): void {
  tiers.forEach((tier, index) => {
    if (tier.kind !== 'residual') return;
    const { investors, provider, pool } = tier.shares;
    const shares = [investors, provider, pool].map(parseDecimal);
    const [whole, ...parts] = onCommonScale([{ units: powerOfTen(0), scale: 0 }, ...shares]);
    if (sum(parts) !== whole) {
      const detail = 'The shares of investors, provider and pool must sum to exactly 1.';
      throw new MathsError('sharesNotWhole', detail, `/tiers/${index}/shares`);
    }
    if (index === tiers.length - 1) return;
    const detail = 'The residual tier takes all that is left, so no tier can come after it.';
    throw new MathsError('residualNotLast', detail, `/tiers/${index + 1}`);
  });
}
