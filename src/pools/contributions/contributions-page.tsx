import type { Page } from '../../platform/http/list.js';
import { ActionLink } from '../../web/components/actions.js';
import { DayText } from '../../web/components/dates.js';
import { ListCard, sortingOf } from '../../web/components/list-card.js';
import { MoneyCell } from '../../web/components/money.js';
import { Table } from '../../web/components/table.js';
import { moneyText, plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import type { ContributionQuery } from './contribution.dto.js';
import type { ContributionRow, ContributionTotals } from './contributions.read.js';
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
      <ListCard
        page={page}
        title="Contributions"
        note={`${plural(contributions.total, 'contribution')}, in ${pool.currency}`}
        home={home}
        api={`/api/v1${home}`}
        query={query}
        list={contributions}
        filters={[
          { kind: 'choice', name: 'funderId', label: 'Funder', any: 'All funders', options: funders },
          { kind: 'day', name: 'receivedOn.gte', label: 'Received from' },
          { kind: 'day', name: 'receivedOn.lte', label: 'until' },
        ]}
      >
        <ContributionsTable page={page} view={view} />
      </ListCard>
    </PoolFrame>
  );
}

function ContributionsTable({ page, view }: Props) {
  const { pool, query, contributions, totals } = view;
  const locale = localeOf(page);
  const isNarrowed = ['funderId', 'receivedOn.gte', 'receivedOn.lte'].some((name) => name in query);
  const money = (minor: bigint) => <MoneyCell minor={minor} currency={pool.currency} locale={locale} />;
  return (
    <Table
      caption={`Contributions to ${pool.name}, in ${pool.currency}`}
      rows={contributions.items}
      sorting={sortingOf(`/pools/${pool.id}/contributions`, query, '-receivedOn')}
      rowHref={({ id }) => `/contributions/${id}`}
      rowTone={({ reversalReason }) => (reversalReason === null ? undefined : 'muted')}
      empty={{
        icon: 'coins',
        title: isNarrowed ? 'No contribution is like that' : 'Nothing has come yet',
        text: 'A contribution is money on the bank account. It settles the funder’s open pledge instalments, the oldest first.',
      }}
      columns={[
        {
          heading: 'Contribution',
          cell: ({ bankReference, funder, paidAmount, paidCurrency, reversalReason }) => (
            <>
              {bankReference}
              <span class="tb-under">
                {funder}
                {paidAmount !== null &&
                  paidCurrency !== null &&
                  `, paid ${moneyText(paidAmount, paidCurrency, locale)}`}
                {reversalReason !== null && ', reversed'}
              </span>
            </>
          ),
          foot: 'Total',
        },
        {
          heading: 'Received',
          sort: 'receivedOn',
          cell: ({ receivedOn }) => <DayText day={receivedOn} today={pool.today} locale={locale} />,
        },
        {
          heading: 'Amount',
          sort: 'amount',
          kind: 'number',
          cell: ({ amount }) => money(amount),
          foot: money(totals.amount),
        },
        {
          heading: 'Settles pledges',
          kind: 'number',
          wideOnly: true,
          cell: ({ appliedInPool }) => money(appliedInPool),
          foot: money(totals.appliedInPool),
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
