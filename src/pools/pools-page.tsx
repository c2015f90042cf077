import { ActionLink } from '../web/components/actions.js';
import { Card } from '../web/components/card.js';
import { EmptyState } from '../web/components/empty-state.js';
import { Money } from '../web/components/money.js';
import { PageHeader } from '../web/components/page-links.js';
import { Table } from '../web/components/table.js';
import { plural } from '../web/format.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import { localeOf, mayDo } from './pool-frame.js';
import type { PoolPosition } from './pool-position.js';
import type { PoolRow } from './pools.service.js';

export type PoolInList = PoolRow & { position: PoolPosition };

interface Props {
  page: PageContext;
  coalitionId: string;
  pools: readonly PoolInList[];
}

/** The pools of a coalition, where it has none or several; its only pool is shown at once. */
export function PoolsPage({ page, coalitionId, pools }: Props) {
  const openHref = mayDo(page).manage ? `/coalitions/${coalitionId}/pools/new` : undefined;
  return (
    <Shell page={page}>
      <PageHeader title="Pools" facts={pools.length > 0 && plural(pools.length, 'pool')}>
        {openHref && pools.length > 0 && <ActionLink label="Open a pool" href={openHref} icon="plus" />}
      </PageHeader>
      <Card flush={pools.length > 0}>
        {pools.length === 0 ? (
          <EmptyState
            icon="droplet"
            title="There is no pool yet"
            text="A pool is one pot of money in one currency, given by several funders, with its policies declared. Pledges, grants and reports follow from it."
            action={openHref ? { label: 'Open a pool', href: openHref } : undefined}
          />
        ) : (
          <PoolsTable page={page} pools={pools} />
        )}
      </Card>
    </Shell>
  );
}

function PoolsTable({ page, pools }: Pick<Props, 'page' | 'pools'>) {
  const money = (minor: bigint, { currency }: PoolRow) => (
    <Money minor={minor} currency={currency} locale={localeOf(page)} />
  );
  return (
    <Table
      caption="Pools of the coalition"
      rows={pools}
      rowHref={({ id }) => `/pools/${id}`}
      columns={[
        { heading: 'Pool', cell: ({ name }) => name },
        { heading: 'Cash', kind: 'number', cell: (pool) => money(pool.position.cash, pool) },
        {
          heading: 'Open pledges',
          kind: 'number',
          wideOnly: true,
          cell: (pool) => money(pool.position.pledgesReceivable, pool),
        },
        {
          heading: 'Grants outstanding',
          kind: 'number',
          wideOnly: true,
          cell: (pool) => money(pool.position.grantsOutstanding, pool),
        },
        {
          heading: 'Available',
          kind: 'number',
          cell: (pool) => money(pool.position.availableToDisburse, pool),
        },
      ]}
    />
  );
}
