import type { Page } from '../platform/http/list.js';
import { ActionLink } from '../web/components/actions.js';
import { Card, Columns, Stack } from '../web/components/card.js';
import { InstantText } from '../web/components/dates.js';
import { PageHeader, Pagination } from '../web/components/page-links.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { Table } from '../web/components/table.js';
import { DayField } from '../web/forms/fields.js';
import { Form } from '../web/forms/form.js';
import { plural } from '../web/format.js';
import type { PageContext } from '../web/page-context.js';
import type { Refusal } from '../web/pages.js';
import { Shell } from '../web/shell.js';
import { ruleText } from './recurrence.dto.js';
import { reportDefinitions } from './report-definitions.js';
import { reportMakers } from './run.dto.js';
import type { RunWithReach } from './runs.read.js';
import type { Subscription } from './subscriptions.service.js';

export interface FinanceReportsView {
  poolId: string;
  pool: string;
  runs: Page<RunWithReach>;
  isFirst: boolean;
  subscriptions: Subscription[];
  timeZone: string;
}

interface Props {
  page: PageContext;
  view: FinanceReportsView;
  refusal?: Refusal;
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

/** Whether the person may make reports and subscribe people to them. */
export const mayMake = (page: PageContext): boolean =>
  reportMakers.some((role) => page.coalition?.roles.includes(role));

/** The finance reports of a pool: what went out, to how many, with its proof; and who gets them when. */
export function FinanceReportsPage({ page, view, refusal }: Props) {
  const address = `/pools/${view.poolId}`;
  return (
    <Shell page={page}>
      <PageHeader title="Finance reports" facts={`${view.pool}, each held to the ledger before it goes out`}>
        {mayMake(page) && (
          <ActionLink
            label="Subscribe people"
            href={`${address}/subscriptions/new`}
            icon="send"
            weight="primary"
          />
        )}
      </PageHeader>
      <Columns kind="main">
        <Runs page={page} view={view} />
        <Stack>
          {mayMake(page) && <MakeOne page={page} view={view} refusal={refusal} />}
          <Subscriptions page={page} view={view} />
        </Stack>
      </Columns>
    </Shell>
  );
}

function Runs({ page, view }: Props) {
  const { runs, timeZone, poolId, isFirst } = view;
  const home = `/pools/${poolId}/finance-reports`;
  const locale = localeOf(page);
  return (
    <Card title="Made so far" note="As of, whether it ties to the ledger, and the SHA-256 of its file" flush>
      <Table
        caption="Reports that were made, newest first"
        rows={runs.items}
        rowHref={({ id }) => `/report-runs/${id}`}
        rowTone={({ state }) => (state === 'doesNotTie' ? 'attention' : undefined)}
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
                {reportDefinitions[kind].title}
                <span class="tb-under">
                  {[periodKey ?? 'on demand', late && 'late'].filter(Boolean).join(', ')}
                </span>
              </>
            ),
          },
          {
            heading: 'As of',
            cell: ({ asOf }) => <InstantText at={asOf} timeZone={timeZone} locale={locale} />,
          },
          { heading: 'Ledger', cell: ({ state }) => <StatusBadge of="run" state={state} /> },
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
            cell: ({ files }) => <code>{files[0]?.sha256.slice(0, 12)}…</code>,
          },
        ]}
      />
      {runs.total > runs.items.length && (
        <Pagination
          shown={runs.items.length}
          total={runs.total}
          nextHref={runs.nextCursor ? `${home}?cursor=${encodeURIComponent(runs.nextCursor)}` : undefined}
          firstHref={isFirst ? undefined : home}
          locale={locale}
        />
      )}
    </Card>
  );
}

function MakeOne({ page, view, refusal }: Props) {
  return (
    <Card title="Make one now" note="Pool position: only from what was recorded by then">
      <Form
        action={`/pools/${view.poolId}/finance-reports`}
        csrf={page.csrf}
        locale={localeOf(page)}
        values={refusal?.values}
        errors={refusal?.errors}
        detail={refusal?.detail}
        submit="Make the report"
      >
        <DayField
          name="asOfOn"
          label="As of the end of"
          optional
          help={`A day in ${view.timeZone}. Leave it empty for now.`}
        />
      </Form>
    </Card>
  );
}

function Subscriptions({ page, view }: Props) {
  return (
    <Card title="Subscriptions" flush>
      <Table
        caption="Who gets reports, and when"
        rows={view.subscriptions}
        rowHref={({ id }) => `/subscriptions/${id}`}
        rowTone={({ state }) => (state === 'ended' ? 'muted' : undefined)}
        empty={{
          icon: 'send',
          title: 'Nobody is subscribed',
          text: 'A subscription sends a report by mail, again and again, to people who may see the pool’s money.',
        }}
        columns={[
          {
            heading: 'Report',
            cell: ({ kind, recurrence }) => (
              <>
                {reportDefinitions[kind].title}
                <span class="tb-under">{ruleText(recurrence)}</span>
              </>
            ),
          },
          { heading: 'State', cell: ({ state }) => <StatusBadge of="subscription" state={state} /> },
          {
            heading: 'Next',
            wideOnly: true,
            cell: ({ nextAt }) =>
              nextAt && <InstantText at={nextAt} timeZone={view.timeZone} locale={localeOf(page)} />,
          },
        ]}
      />
    </Card>
  );
}
