import { organisationChoices } from '../../coalitions/organisation-choices.js';
import { formatAmount } from '../../maths/money.js';
import type { Tx } from '../../platform/database/tx.js';
import { earmarkChoices } from '../earmarks.js';
import type { OpenPledge } from './contribution-form.js';
import { type PoolOfPage, readPoolOfPage } from '../pool-view.js';

interface Choice {
  value: string;
  label: string;
}

/** What one can choose from when a contribution is recorded; with a pledge, what is filled in for it. */
export async function readContributionForm(
  tx: Tx,
  poolId: string,
  pledgeId?: string,
): Promise<{
  pool: PoolOfPage;
  funders: Choice[];
  earmarks: Awaited<ReturnType<typeof earmarkChoices>>;
  pledges: OpenPledge[];
  meant?: Record<string, string>;
}> {
  const pool = await readPoolOfPage(tx, poolId);
  const pledges = await tx.rows<OpenPledge & { next: bigint }>(
    `SELECT p.id, p.reference, p.currency, p.funder_id AS "funderId", o.name AS funder,
       sum(i.amount - i.received)::bigint AS open, (array_agg(i.amount - i.received ORDER BY i.due_on, i.number))[1] AS next
     FROM pledges p JOIN organisations o ON o.id = p.funder_id
     JOIN pledge_instalments i ON i.pledge_id = p.id AND i.received < i.amount
     WHERE p.pool_id = $1 AND p.state = 'signed' GROUP BY p.id, o.name ORDER BY o.name, p.reference`,
    [poolId],
  );
  const pledge = pledges.find(({ id }) => id === pledgeId);
  return {
    pool,
    pledges,
    funders: await organisationChoices(tx, pool.coalitionId),
    earmarks: await earmarkChoices(tx, pool),
    meant: pledge && {
      pledgeId: pledge.id,
      funderId: pledge.funderId,
      ...(pledge.currency === pool.currency
        ? { amount: formatAmount(pledge.next, pool.currency) }
        : { paidCurrency: pledge.currency, paidAmount: formatAmount(pledge.next, pledge.currency) }),
    },
  };
}
