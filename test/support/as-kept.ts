import { expect } from '@jest/globals';
import { checks } from '../../src/checks.js';
import { runChecks } from '../../src/platform/verify/check.js';
import type { TestBond } from './bond.js';

interface Recalculation {
  isEqual: boolean;
  claims: { claimId: string; number: number; isEqual: boolean; differences: string[] }[];
}

/** Works the verified claims of a bond out again. */
export const recalculation = ({ coalition: { funder }, id }: TestBond): Promise<Recalculation> =>
  funder.must(funder.get<Recalculation>(`/api/v1/bonds/${id}/recalculation`));

/** Everything still comes to what was stored, and every check of `verify` holds. */
export async function isAsKept(bond: TestBond, claims: number): Promise<void> {
  const { isEqual, claims: again } = await recalculation(bond);
  const differences = again.flatMap(({ differences: of }) => of);
  expect([isEqual, again.length, differences]).toEqual([true, claims, []]);
  const results = await runChecks(checks, (sql) => bond.app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
}
