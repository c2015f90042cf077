import { ratioOf } from './exact.js';

/** What an investment came to, in minor units. */
export interface Investment {
  paidIn: bigint;
  distributed: bigint;
  /** What is still in it: capital that is out, or a value that somebody put on it. */
  residual: bigint;
}

/** Multiples of what was paid in, to 6 places, rounded half-even; `null` where nothing was paid in. */
export interface Multiples {
  /** Distributed (DPI): what has come back. */
  distributed: string | null;
  /** Residual (RVPI): what is still in it. */
  residual: string | null;
  /** Money multiple (TVPI): both together, rounded once. */
  total: string | null;
}

const places = 6;

/** How often the money that was paid in has come back, is still there, and both. */
export function multiplesOf({ paidIn, distributed, residual }: Investment): Multiples {
  const times = (value: bigint) => ratioOf({ units: value, scale: 0 }, { units: paidIn, scale: 0 }, places);
  return {
    distributed: times(distributed),
    residual: times(residual),
    total: times(distributed + residual),
  };
}
