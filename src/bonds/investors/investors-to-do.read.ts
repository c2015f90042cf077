import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Page } from '../../platform/http/list.js';
import { listAdvances, type ProviderAdvance } from './advances/advances.read.js';
import { type Distribution, listDistributions } from './distributions/distributions.read.js';
import { type DrawdownCall, listCalls } from './drawdowns/drawdowns.read.js';

/** The most of one kind that is named; the rest is counted. */
const named = 10;

/** What of an investors’ tab waits for somebody: of each kind the first ones, and how many there are. */
export interface InvestorsToDo {
  /** The longest overdue first. */
  overdue: Page<DrawdownCall>;
  advancesToApprove: Page<ProviderAdvance>;
  advancesToPay: Page<ProviderAdvance>;
  distributionsToApprove: Page<Distribution>;
  distributionsToPay: Page<Distribution>;
}

export const investorsToDo = async (tx: Tx, bondId: string, today: Day): Promise<InvestorsToDo> => ({
  overdue: await listCalls(tx, bondId, { limit: named, sort: 'dueOn' }, today),
  advancesToApprove: await listAdvances(tx, bondId, { limit: named, sort: 'madeAt', state: 'proposed' }),
  advancesToPay: await listAdvances(tx, bondId, { limit: named, sort: 'madeAt', state: 'approved' }),
  distributionsToApprove: await listDistributions(tx, bondId, {
    ...{ limit: named, sort: 'madeAt', state: 'proposed' },
  }),
  distributionsToPay: await listDistributions(tx, bondId, {
    ...{ limit: named, sort: 'madeAt', state: 'approved' },
  }),
});
