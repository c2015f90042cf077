import type { Page } from '../../platform/http/list.js';
import { ActionLink } from '../../web/components/actions.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { InstantText } from '../../web/components/dates.js';
import { ListCard, sortingOf } from '../../web/components/list-card.js';
import type { Filter } from '../../web/components/filters.js';
import { PageHeader, Rest } from '../../web/components/page-links.js';
import { states, StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { Shell } from '../../web/shell.js';
import { definitionOf, reportKinds } from '../definitions/report-definitions.js';
import type { ReportRunQuery } from './run.dto.js';
import { reportMakers } from './run-order.js';
import { runStates, type RunWithReach } from './runs.read.js';
import { noSubscription, subscriptionColumns } from '../subscriptions/subscriptions-page.js';
import type { Subscription } from '../subscriptions/subscriptions.service.js';

export interface FinanceReportsView {
  poolId: string;
  pool: string;
  runs: Page<RunWithReach>;
  query: ReportRunQuery;
  /** The first of them. */
  subscriptions: Page<Subscription>;
  timeZone: string;
}

interface Props {
  page: PageContext;
  view: FinanceReportsView;
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

/** Whether the person may make reports and subscribe people to them. */
export const mayMake = (page: PageContext): boolean =>
  reportMakers.some((role) => page.coalition?.roles.includes(role));

/** The finance reports of a pool: what went out, to how many, with its proof; and who gets them when. */
export function FinanceReportsPage({ page, view }: Props) {
  const address = `/pools/${view.poolId}`;
  return (
    <Shell page={page}>
      <PageHeader title="Finance reports" facts={`${view.pool}, each held to the ledger before it goes out`}>
        {mayMake(page) && (
          <>
            <ActionLink label="Subscribe people" href={`${address}/subscriptions/new`} icon="send" />
            <ActionLink
              label="Make a report"
              href={`${address}/finance-reports/new`}
              icon="report-money"
              weight="primary"
            />
          </>
        )}
      </PageHeader>
      <Columns kind="main">
        <Runs page={page} view={view} />
        <Stack>
          <Subscriptions page={page} view={view} />
          {mayMake(page) && <Kinds poolId={view.poolId} />}
        </Stack>
      </Columns>
    </Shell>
  );
}

const runFilters: Filter[] = [
  {
    ...{ kind: 'choice', name: 'kind', label: 'Report', any: 'All reports' },
    options: reportKinds.map((kind) => ({ value: kind, label: definitionOf(kind).title })),
  },
  {
    ...{ kind: 'choice', name: 'state', label: 'State', any: 'Any' },
    options: runStates.map((state) => ({ value: state, label: states.run[state][0] })),
  },
  {
    ...{ kind: 'choice', name: 'late', label: 'Made', any: 'Whenever' },
    options: [
      { value: 'false', label: 'In time' },
      { value: 'true', label: 'Late' },
    ],
  },
];

function Runs({ page, view }: Props) {
  const { runs, timeZone, poolId, query } = view;
  const home = `/pools/${poolId}/finance-reports`;
  const locale = localeOf(page);
  return (
    <ListCard
      page={page}
      title="Asked for so far"
      note="As of, how far it is, whether it ties to the ledger, and the SHA-256 of its file"
      home={home}
      api={`/api/v1/pools/${poolId}/report-runs`}
      query={query}
      list={runs}
      filters={runFilters}
    >
      <Table
        caption="Reports that were asked for"
        rows={runs.items}
        sorting={sortingOf(home, query, '-askedAt')}
        rowHref={({ id }) => `/report-runs/${id}`}
        rowTone={({ state }) => (state === 'doesNotTie' || state === 'failed' ? 'attention' : undefined)}
        empty={{
          icon: 'report-money',
          title: 'No report was made yet',
          text: 'Make one now, or subscribe people to one that comes round by itself.',
        }}
        columns={[
          {
            heading: 'Report',
            cell: ({ kind, periodKey, late }) => (
              <>
                {definitionOf(kind).title}
                <span class="tb-under">
                  {[periodKey ?? 'on demand', late && 'late'].filter(Boolean).join(', ')}
                </span>
              </>
            ),
          },
          {
            heading: 'As of',
            sort: 'asOf',
            cell: ({ asOf }) => <InstantText at={asOf} timeZone={timeZone} locale={locale} />,
          },
          { heading: 'State', cell: ({ state }) => <StatusBadge of="run" state={state} /> },
          {
            heading: 'Sent to',
            wideOnly: true,
            cell: ({ sentTo, askedBy }) =>
              sentTo > 0 ? (
                plural(sentTo, 'person', 'people')
              ) : (
                <span class="tb-quiet">{askedBy ?? 'nobody'}</span>
              ),
          },
          {
            heading: 'SHA-256',
            wideOnly: true,
            cell: ({ files: [file] }) => file && <code>{file.sha256.slice(0, 12)}…</code>,
          },
        ]}
      />
    </ListCard>
  );
}

/** Every report there is, each a step from being made. */
function Kinds({ poolId }: { poolId: string }) {
  return (
    <Card title="The reports">
      <ul class="tb-report-list">
        {reportKinds.map((kind) => {
          const { title, summary } = definitionOf(kind);
          return (
            <li>
              <a href={`/pools/${poolId}/finance-reports/new?kind=${kind}`}>{title}</a>
              <p class="tb-quiet">{summary}</p>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

function Subscriptions({ page, view }: Props) {
  const home = `/pools/${view.poolId}/subscriptions`;
  const { items, total } = view.subscriptions;
  return (
    <Card title="Subscriptions" actions={total > 0 && <a href={home}>All of them</a>} flush>
      <div class="tb-wide-table">
        <Table
          caption="Who gets reports, and when"
          rows={items}
          rowHref={({ id }) => `/subscriptions/${id}`}
          rowTone={({ state }) => (state === 'ended' ? 'muted' : undefined)}
          empty={noSubscription}
          columns={subscriptionColumns(localeOf(page), view.timeZone)}
        />
      </div>
      <Rest count={total - items.length} href={home} label="All subscriptions" />
    </Card>
  );
}
