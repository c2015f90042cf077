import { type DecimalLike, onCommonScale, parseDecimal } from './exact.js';
import { MathsError } from './maths-error.js';
import { sum } from './money.js';

/**
 * Shares `total` minor units by weight, to the last unit: each part is cut down to whole units, and the units that
 * remain go one each to the largest remainders (Hamilton's method), ties to the earlier index. The parts always
 * sum to the total. A negative total is shared as its mirror image. Refuses negative weights and weights that sum
 * to zero.
 */
export function allocate(total: bigint, weights: bigint[]): bigint[] {
  if (total < 0n) return allocate(-total, weights).map((part) => -part);
  const negative = weights.findIndex((weight) => weight < 0n);
  if (negative >= 0) {
    throw new MathsError('negativeWeight', 'A weight cannot be negative.', `/weights/${negative}`);
  }
  const whole = sum(weights);
  if (whole === 0n) {
    throw new MathsError(
      'zeroWeights',
      'The weights sum to zero, so nobody has a share. Give one above zero.',
      '/weights',
    );
  }

  const parts = weights.map((weight) => (total * weight) / whole);
  const leftOver = Number(total - sum(parts)); // fewer than there are weights
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (total * weight) % whole }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder.slice(0, leftOver)) parts[index]! += 1n;
  return parts;
}

/** As `allocate`, with weights that are decimals ("33.3"): their proportions are kept exactly. */
export function allocateByDecimals(total: bigint, weights: DecimalLike[]): bigint[] {
  return allocate(total, onCommonScale(weights.map(parseDecimal)));
}
