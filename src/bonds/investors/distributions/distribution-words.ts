import { tierNames } from '../../contracts/terms-words.js';
import type { DistributionSource, WorkedTierKind } from './distribution.rules.js';

const names: Record<WorkedTierKind, string> = {
  ...tierNames,
  coupon: 'Coupon',
  guarantee: 'Capital, by the guarantor',
};

/** "Return of capital": what a tier pays. */
export const tierTitle = (kind: WorkedTierKind): string => names[kind];

export const sourceNames: Record<DistributionSource, string> = {
  proceeds: 'What the bond holds, by its terms',
  guarantee: 'What the guarantor paid, as capital',
};
