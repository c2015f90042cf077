import type { Multiples } from '../../maths/multiple.js';
import type { Xirr } from '../../maths/xirr.js';
import { rateText } from '../scenarios/projection-view.js';
import type { ProjectedReturn } from './statement/projected-returns.js';

/** "5.12 % a year"; or, in words, why there is no rate. */
export function yearlyText(xirr: Xirr): string {
  if (xirr.rate !== null) return `${rateText({ xirr })} a year`;
  return xirr.reason === 'not unique' ? 'Not unique' : 'No rate yet';
}

/** "1.05 ×": paid and still in the bond, over what was paid in. Cut, not rounded up, to two places. */
export const timesText = ({ total }: Multiples): string =>
  total === null ? 'Nothing paid in' : `${total.slice(0, -4)} ×`;

/** "Projected by the scenario “Base”, outcomes measured by plan 2"; or why nothing is. */
export function projectedBy(projected: ProjectedReturn): string {
  if (projected.scenario === null) return projected.why;
  const measure = projected.plan === null ? '' : `, outcomes measured by plan ${projected.plan}`;
  return `Projected by the scenario “${projected.scenario}”${measure}`;
}

/** The same with what it comes to, for a file. */
export function projectedText(projected: ProjectedReturn): string {
  if (projected.scenario === null) return projected.why;
  const { xirr, multiples } = projected.investor;
  return `${projectedBy(projected)}: ${yearlyText(xirr)}, ${timesText(multiples)}`;
}
