import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { claimPeriods } from '../claims/claim.rules.js';
import { type Bond, signedTerms } from '../contracts/bonds.read.js';
import { expectedPayments } from './plan.rules.js';
import { linesOfPlan, plansOf } from './plans.read.js';

/**
 * The outcome payments that the newest plan expects of all periods that have ended by a day, in minor units; null
 * without a plan.
 */
export async function expectedBy(tx: Tx, bond: Bond, on: Day): Promise<bigint | null> {
  const [newest] = await plansOf(tx, bond.id);
  if (!newest) return null;
  const { terms } = await signedTerms(tx, bond.id);
  const ended = new Set(
    claimPeriods(terms)
      .filter(({ to }) => to <= on)
      .map(({ number }) => number),
  );
  return expectedPayments(terms, bond.currency, await linesOfPlan(tx, newest.id))
    .filter(({ period }) => ended.has(period))
    .reduce((sum, { net }) => sum + net, 0n);
}
