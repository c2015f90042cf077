import type { Page } from '../../platform/http/list.js';
import { ActionLink } from '../../web/components/actions.js';
import { InstantText } from '../../web/components/dates.js';
import type { EmptyStateProps } from '../../web/components/empty-state.js';
import { ListCard, sortingOf } from '../../web/components/list-card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { states, StatusBadge } from '../../web/components/status-badge.js';
import { type Column, Table } from '../../web/components/table.js';
import { plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { Shell } from '../../web/shell.js';
import { ruleText } from './recurrence.dto.js';
import { definitionOf, reportKinds } from '../definitions/report-definitions.js';
import { reportMakers } from '../runs/run-order.js';
import { type SubscriptionQuery, subscriptionStates } from './subscription.dto.js';
import type { Subscription } from './subscriptions.service.js';

export interface SubscriptionsView {
  poolId: string;
  subscriptions: Page<Subscription>;
  query: SubscriptionQuery;
  timeZone: string;
}

/** Who gets which report of a pool, and when. */
export function SubscriptionsPage({ page, view }: { page: PageContext; view: SubscriptionsView }) {
  const { poolId, subscriptions, query, timeZone } = view;
  const home = `/pools/${poolId}/subscriptions`;
  const locale = page.person?.locale ?? 'en-GB';
  const mayMake = reportMakers.some((role) => page.coalition?.roles.includes(role));
  return (
    <Shell page={page}>
      <PageHeader title="Subscriptions" facts={plural(subscriptions.total, 'subscription')}>
        {mayMake && <ActionLink label="Subscribe people" href={`${home}/new`} icon="send" weight="primary" />}
      </PageHeader>
      <ListCard
        page={page}
        title="Who gets which report"
        home={home}
        api={`/api/v1${home}`}
        query={query}
        list={subscriptions}
        filters={[
          {
            ...{ kind: 'choice', name: 'kind', label: 'Report', any: 'All reports' },
            options: reportKinds.map((kind) => ({ value: kind, label: definitionOf(kind).title })),
          },
          {
            ...{ kind: 'choice', name: 'state', label: 'State', any: 'All states' },
            options: subscriptionStates.map((state) => ({
              value: state,
              label: states.subscription[state][0],
            })),
          },
        ]}
      >
        <Table
          caption="Subscriptions to reports of the pool"
          rows={subscriptions.items}
          sorting={sortingOf(home, query, 'state')}
          rowHref={({ id }) => `/subscriptions/${id}`}
          rowTone={({ state }) => (state === 'ended' ? 'muted' : undefined)}
          empty={noSubscription}
          columns={[
            ...subscriptionColumns(locale, timeZone),
            {
              heading: 'Recipients',
              kind: 'number',
              wideOnly: true,
              cell: ({ recipients }) => recipients.length,
            },
            { heading: 'Owner', sort: 'owner', wideOnly: true, cell: ({ owner }) => owner },
          ]}
        />
      </ListCard>
    </Shell>
  );
}

export const noSubscription: EmptyStateProps = {
  icon: 'send',
  title: 'Nobody is subscribed',
  text: 'A subscription sends a report by mail, again and again, to people who may see the pool’s money.',
};

/** What is said of a subscription wherever it is listed. */
export const subscriptionColumns = (locale: string, timeZone: string): Column<Subscription>[] => [
  {
    heading: 'Report',
    sort: 'kind',
    cell: ({ kind, recurrence }) => (
      <>
        {definitionOf(kind).title}
        <span class="tb-under">{ruleText(recurrence)}</span>
      </>
    ),
  },
  {
    heading: 'State',
    sort: 'state',
    cell: ({ state }) => <StatusBadge of="subscription" state={state} />,
  },
  {
    heading: 'Next',
    wideOnly: true,
    cell: ({ nextAt }) => nextAt && <InstantText at={nextAt} timeZone={timeZone} locale={locale} />,
  },
];
