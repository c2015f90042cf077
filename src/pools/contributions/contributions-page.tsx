import type { Page } from '../../platform/http/list.js';
import { ActionLink } from '../../web/components/actions.js';
import { Card } from '../../web/components/card.js';
import { DayText } from '../../web/components/dates.js';
import { Filters } from '../../web/components/filters.js';
import { MoneyCell } from '../../web/components/money.js';
import { Pagination } from '../../web/components/page-links.js';
import { Table } from '../../web/components/table.js';
import { plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { withQuery } from '../../web/read-query.js';
import type { ContributionQuery } from './contribution.dto.js';
import type { ContributionRow, ContributionTotals } from './contributions.service.js';
import { localeOf, mayDo, PoolFrame } from '../pool-frame.js';
import type { PoolOfPage } from '../pool-view.js';

export interface ContributionsView {
  pool: PoolOfPage;
  query: ContributionQuery;
  contributions: Page<ContributionRow>;
  totals: ContributionTotals;
  funders: { value: string; label: string }[];
}

interface Props {
  page: PageContext;
  view: ContributionsView;
}

/** What came in, from whom, and what it settled. What was reversed is shown, and counts no more. */
export function ContributionsPage({ page, view }: Props) {
  const { pool, query, contributions, funders } = view;
  const home = `/pools/${pool.id}/contributions`;
  const { cursor, limit: _, ...filter } = query;
  return (
    <PoolFrame
      page={page}
      pool={pool}
      current="contributions"
      actions={
        mayDo(page).receive && (
          <ActionLink label="Record a contribution" href={`${home}/new`} icon="plus" weight="primary" />
        )
      }
    >
      <Card
        title="Contributions"
        note={`${plural(contributions.total, 'contribution')}, in ${pool.currency}`}
        actions={<a href={withQuery(`/api/v1${home}`, { ...filter, format: 'csv' })}>Export CSV</a>}
        flush
      >
        <Filters
          action={home}
          values={{ ...query }}
          filters={[
            { kind: 'choice', name: 'funderId', label: 'Funder', any: 'All funders', options: funders },
          ]}
        />
        <ContributionsTable page={page} view={view} />
        {(contributions.total > contributions.items.length || cursor !== undefined) && (
          <Pagination
            shown={contributions.items.length}
            total={contributions.total}
            nextHref={
              contributions.nextCursor === null
                ? undefined
                : withQuery(home, { ...filter, cursor: contributions.nextCursor })
            }
            firstHref={cursor === undefined ? undefined : withQuery(home, { ...filter })}
            locale={localeOf(page)}
          />
        )}
      </Card>
    </PoolFrame>
  );
}

function ContributionsTable({ page, view }: Props) {
  const { pool, query, contributions, totals } = view;
  const locale = localeOf(page);
  const isNarrowed = query.funderId !== undefined;
  const money = (minor: bigint) => <MoneyCell minor={minor} currency={pool.currency} locale={locale} />;
  return (
    <Table
      caption={`Contributions to ${pool.name}, newest first, in ${pool.currency}`}
      rows={contributions.items}
      rowHref={({ id }) => `/contributions/${id}`}
      rowTone={({ reversalReason }) => (reversalReason === null ? undefined : 'muted')}
      empty={{
        icon: 'coins',
        title: isNarrowed ? 'Nothing came from this funder yet' : 'Nothing has come yet',
        text: 'A contribution is money on the bank account. It settles the funder’s open pledge instalments, the oldest first.',
      }}
      columns={[
        {
          heading: 'Contribution',
          cell: ({ bankReference, funder, reversalReason }) => (
            <>
              {bankReference}
              <span class="tb-under">
                {funder}
                {reversalReason !== null && ', reversed'}
              </span>
            </>
          ),
          foot: 'Total',
        },
        {
          heading: 'Received',
          cell: ({ receivedOn }) => <DayText day={receivedOn} today={pool.today} locale={locale} />,
        },
        {
          heading: 'Amount',
          kind: 'number',
          cell: ({ amount }) => money(amount),
          foot: money(totals.amount),
        },
        {
          heading: 'Settles pledges',
          kind: 'number',
          wideOnly: true,
          cell: ({ applied }) => money(applied),
          foot: money(totals.applied),
        },
        {
          heading: 'Fee',
          kind: 'number',
          wideOnly: true,
          cell: ({ fee }) => money(fee),
          foot: money(totals.fee),
        },
      ]}
    />
  );
}
