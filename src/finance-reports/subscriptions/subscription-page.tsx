import { nextOccurrences } from '../../maths/recurrence.js';
import type { HistoryEvent } from '../../platform/audit/history.js';
import type { Page } from '../../platform/http/list.js';
import { ActionButton, ActionLink } from '../../web/components/actions.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { InstantText } from '../../web/components/dates.js';
import { History } from '../../web/components/history.js';
import { PageHeader, Rest } from '../../web/components/page-links.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import type { PageContext } from '../../web/page-context.js';
import { Shell } from '../../web/shell.js';
import { mayMake } from '../runs/finance-reports-page.js';
import { ruleText } from './recurrence.dto.js';
import { definitionOf } from '../definitions/report-definitions.js';
import type { ListedRun } from '../runs/runs.read.js';
import type { Subscription } from './subscriptions.service.js';

export interface SubscriptionView {
  subscription: Subscription;
  runs: Page<ListedRun>;
  history: HistoryEvent[];
}

interface Props {
  page: PageContext;
  view: SubscriptionView;
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

/** A subscription: who gets which report when, and what went out so far. */
export function SubscriptionPage({ page, view }: Props) {
  const { subscription, history } = view;
  const { timeZone } = subscription.recurrence;
  return (
    <Shell page={page}>
      <PageHeader
        title={`${definitionOf(subscription.kind).title}, ${ruleText(subscription.recurrence)}`}
        facts={
          <>
            <StatusBadge of="subscription" state={subscription.state} />
            <span>
              {subscription.about}, owned by {subscription.owner}
            </span>
          </>
        }
      >
        {mayMake(page) && <Moves page={page} view={view} />}
      </PageHeader>
      <Columns kind="main">
        <Stack>
          <Recipients view={view} />
          <Runs page={page} view={view} />
        </Stack>
        <Stack>
          <Coming page={page} view={view} />
          <Card title="What happened">
            <History
              events={history}
              actions={{
                'subscription.made': 'made the subscription',
                'subscription.changed': 'changed it',
                'subscription.paused': 'paused it',
                'subscription.active': 'took it up again',
                'subscription.ended': 'ended it',
              }}
              fields={{}}
              timeZone={timeZone}
              locale={localeOf(page)}
            />
          </Card>
        </Stack>
      </Columns>
    </Shell>
  );
}

function Moves({ page, view: { subscription } }: Props) {
  const { id, state } = subscription;
  const button = (label: string, to: string) => (
    <ActionButton label={label} action={`/subscriptions/${id}/${to}`} csrf={page.csrf} />
  );
  if (state === 'ended') return null;
  return (
    <>
      {state === 'active' ? button('Pause', 'pause') : button('Take up again', 'resume')}
      {button('Preview now', 'preview-now')}
      <ActionLink label="Change" href={`/subscriptions/${id}/edit`} icon="pencil" />
      {button('End for good', 'end')}
    </>
  );
}

function Recipients({ view: { subscription } }: Pick<Props, 'view'>) {
  return (
    <Card title="Recipients" note="Whether they may see the pool’s money is checked again each time" flush>
      <Table
        caption="Who gets the report"
        rows={subscription.recipients}
        rowTone={({ maySee }) => (maySee ? undefined : 'muted')}
        columns={[
          { heading: 'Name', cell: ({ name }) => name },
          { heading: 'Address', wideOnly: true, cell: ({ email }) => email },
          { heading: 'Gets it', cell: ({ maySee }) => (maySee ? 'yes' : 'no: has lost the right to see it') },
        ]}
      />
    </Card>
  );
}

function Runs({ page, view: { runs, subscription } }: Props) {
  const { timeZone } = subscription.recurrence;
  return (
    <Card title="What went out" flush>
      <Table
        caption="Reports of this subscription, newest first"
        rows={runs.items}
        rowHref={({ id }) => `/report-runs/${id}`}
        empty={{
          icon: 'report-money',
          title: 'Nothing yet',
          text: 'It is made by itself when it comes round, and sent when it ties to the ledger.',
        }}
        columns={[
          { heading: 'Period', cell: ({ periodKey, late }) => `${periodKey}${late ? ', late' : ''}` },
          {
            heading: 'As of',
            cell: ({ asOf }) => <InstantText at={asOf} timeZone={timeZone} locale={localeOf(page)} />,
          },
          { heading: 'State', cell: ({ state }) => <StatusBadge of="run" state={state} /> },
        ]}
      />
      <Rest
        count={runs.total - runs.items.length}
        href={`/pools/${subscription.poolId}/finance-reports?subscriptionId=${subscription.id}`}
        label="All that went out"
      />
    </Card>
  );
}

function Coming({ page, view: { subscription } }: Props) {
  const { recurrence, state } = subscription;
  if (state === 'ended') return null;
  return (
    <Card title="Comes round" note={state === 'paused' ? 'Paused: these are skipped' : ruleText(recurrence)}>
      <ol>
        {nextOccurrences(recurrence, page.now, 6).map(({ dueAt }) => (
          <li>
            <InstantText at={dueAt} timeZone={recurrence.timeZone} locale={localeOf(page)} />
          </li>
        ))}
      </ol>
    </Card>
  );
}
