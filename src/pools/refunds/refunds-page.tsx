import type { ListQuery, Page } from '../../platform/http/list.js';
import { ActionLink } from '../../web/components/actions.js';
import { InstantText } from '../../web/components/dates.js';
import { ListCard, sortingOf } from '../../web/components/list-card.js';
import { MoneyCell } from '../../web/components/money.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { localeOf, mayDo, PoolFrame } from '../pool-frame.js';
import type { PoolOfPage } from '../pool-view.js';
import type { Refund } from './refunds.read.js';

interface Props {
  page: PageContext;
  view: { pool: PoolOfPage; query: ListQuery; refunds: Page<Refund> };
}

/** What was given back to funders, or is asked to be. */
export function RefundsPage({ page, view: { pool, query, refunds } }: Props) {
  const home = `/pools/${pool.id}/refunds`;
  const locale = localeOf(page);
  const mayAsk = mayDo(page).lock && pool.refundPolicy !== 'none';
  return (
    <PoolFrame
      page={page}
      pool={pool}
      current="refunds"
      actions={
        mayAsk && (
          <ActionLink label="Ask for a refund" href={`${home}/new`} icon="arrow-back-up" weight="primary" />
        )
      }
    >
      <ListCard
        page={page}
        title="Refunds"
        note={`${plural(refunds.total, 'refund')}, in ${pool.currency}`}
        home={home}
        api={`/api/v1${home}`}
        query={query}
        list={refunds}
      >
        <Table
          caption={`Refunds to funders, in ${pool.currency}`}
          rows={refunds.items}
          rowHref={({ id }) => `/refunds/${id}`}
          rowTone={({ state }) => (state === 'rejected' ? 'muted' : undefined)}
          sorting={sortingOf(home, query, '-madeAt')}
          empty={{
            icon: 'arrow-back-up',
            title: 'Nothing was refunded',
            text:
              pool.refundPolicy === 'none'
                ? 'By its policy this pool gives no refunds.'
                : 'A refund gives money back to the funders, in proportion to what each has left.',
          }}
          columns={[
            {
              heading: 'Asked for',
              sort: 'madeAt',
              cell: ({ madeAt, madeBy, reason }) => (
                <>
                  <InstantText at={madeAt} timeZone={pool.timeZone} locale={locale} />
                  <span class="tb-under">
                    {madeBy}: “{reason}”
                  </span>
                </>
              ),
            },
            { heading: 'State', cell: ({ state }) => <StatusBadge of="refund" state={state} /> },
            { heading: 'Bank reference', wideOnly: true, cell: ({ bankReference }) => bankReference },
            {
              heading: 'Amount',
              kind: 'number',
              sort: 'amount',
              cell: ({ amount }) => <MoneyCell minor={amount} currency={pool.currency} locale={locale} />,
            },
          ]}
        />
      </ListCard>
    </PoolFrame>
  );
}
