import { basisPoints } from '../../maths/money.js';

export const feeMoments = ['receipt', 'disbursement'] as const;
export type FeeMoment = (typeof feeMoments)[number];

/** A pool's rule for the host's fee. Minor units. */
export interface FeePolicy {
  feeOn: FeeMoment;
  feeBasisPoints: number;
  /** The least that is charged each time. */
  feeMinimum: bigint;
  /** The most that is charged each time; null where there is no most. */
  feeCap: bigint | null;
  feeHostId: string | null;
}

/**
 * What the host charges on an amount: the rate in basis points, rounded half-even, but at least the minimum and at most
 * the cap. Nothing where there is no host.
 */
export function feeOf(amount: bigint, { feeBasisPoints, feeMinimum, feeCap, feeHostId }: FeePolicy): bigint {
  if (feeHostId === null) return 0n;
  const rated = basisPoints(amount, feeBasisPoints);
  const least = rated > feeMinimum ? rated : feeMinimum;
  return feeCap !== null && least > feeCap ? feeCap : least;
}

/** The fee on a contribution: never more than what came. */
export function feeOnReceipt(amount: bigint, policy: FeePolicy): bigint {
  if (policy.feeOn !== 'receipt') return 0n;
  const fee = feeOf(amount, policy);
  return fee < amount ? fee : amount;
}

/** The fee on a payment, which comes on top of it. */
export const feeOnPayment = (amount: bigint, policy: FeePolicy): bigint =>
  policy.feeOn === 'disbursement' ? feeOf(amount, policy) : 0n;
