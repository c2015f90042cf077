import type { Multiples } from '../../maths/multiple.js';
import type { Xirr } from '../../maths/xirr.js';
import { rateText } from '../scenarios/projection-view.js';

/** "5.12 % a year"; or, in words, why there is no rate. */
export function yearlyText(xirr: Xirr): string {
  if (xirr.rate !== null) return `${rateText({ xirr })} a year`;
  return xirr.reason === 'not unique' ? 'Not unique' : 'No rate yet';
}

/** "1.05 ×": paid and still in the bond, over what was paid in. Cut, not rounded up, to two places. */
export const timesText = ({ total }: Multiples): string =>
  total === null ? 'Nothing paid in' : `${total.slice(0, -4)} ×`;
