import type { Day } from '../maths/day.js';
import type { Page } from '../platform/http/list.js';
import { DayText } from '../web/components/dates.js';
import { ListCard, sortingOf } from '../web/components/list-card.js';
import { Money } from '../web/components/money.js';
import { PageHeader } from '../web/components/page-links.js';
import { states, StatusBadge } from '../web/components/status-badge.js';
import { type Column, Table } from '../web/components/table.js';
import { plural } from '../web/format.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import { periodText } from './period-text.js';
import { ReportTabs } from './report-tabs.js';
import type { SpendReportQuery } from './spend-report.dto.js';
import { spendReportStates } from './spend-report.entity.js';
import type { SpendReportRow } from './spend-reports.read.js';

export interface AllReportsView {
  coalitionId: string;
  reports: Page<SpendReportRow>;
  query: SpendReportQuery;
  /** The partners that report. */
  partners: { value: string; label: string }[];
  today: Day;
}

interface Props {
  page: PageContext;
  view: AllReportsView;
}

/** Every spend report that is, was or will be due; a partner sees its own. */
export function AllReportsPage({ page, view }: Props) {
  const { coalitionId, query, reports, partners } = view;
  const home = `${coalitionPath(coalitionId, 'reports')}/all`;
  return (
    <Shell page={page}>
      <PageHeader title="Reports" facts={plural(reports.total, 'report')} />
      <ReportTabs page={page} coalitionId={coalitionId} current="all" />
      <ListCard
        page={page}
        title="All reports"
        home={home}
        api={`/api/v1/coalitions/${coalitionId}/spend-reports`}
        query={query}
        list={reports}
        filters={[
          {
            ...{ kind: 'choice', name: 'organisationId', label: 'Partner', any: 'All partners' },
            options: partners,
          },
          {
            ...{ kind: 'choice', name: 'state', label: 'State', any: 'All states' },
            options: spendReportStates.map((state) => ({ value: state, label: states.report[state][0] })),
          },
          {
            ...{ kind: 'choice', name: 'overdue', label: 'Handed in', any: 'Whenever' },
            options: [
              { value: 'true', label: 'Late' },
              { value: 'false', label: 'Not late' },
            ],
          },
          { kind: 'day', name: 'dueOn.gte', label: 'Due from' },
          { kind: 'day', name: 'dueOn.lte', label: 'until' },
        ]}
      >
        <Table
          caption="Spend reports"
          rows={reports.items}
          sorting={sortingOf(home, query, 'dueOn')}
          rowHref={({ id }) => `/spend-reports/${id}`}
          rowTone={({ daysLate }) => (daysLate > 0 ? 'attention' : undefined)}
          empty={{
            icon: 'report',
            title: 'No report is like that',
            text: 'Awarding a grant brings its reports along, as often as the grant agreed.',
          }}
          columns={columnsOf({ page, view })}
        />
      </ListCard>
    </Shell>
  );
}

function columnsOf({ page, view }: Props): Column<SpendReportRow>[] {
  const locale = page.person?.locale ?? 'en-GB';
  const money = (minor: bigint | null, currency: string) =>
    minor === null ? (
      <span class="tb-quiet">–</span>
    ) : (
      <Money minor={minor} currency={currency} locale={locale} />
    );
  return [
    {
      heading: 'Partner',
      sort: 'organisation',
      cell: ({ organisation, grantReference }) => (
        <>
          {organisation}
          <span class="tb-under">{grantReference}</span>
        </>
      ),
    },
    { heading: 'Period', sort: 'periodFrom', wideOnly: true, cell: (report) => periodText(report, locale) },
    {
      heading: 'Due',
      sort: 'dueOn',
      cell: ({ dueOn, daysLate }) => (
        <>
          <DayText day={dueOn} today={view.today} locale={locale} />
          {daysLate > 0 && <span class="tb-under">{plural(daysLate, 'day')} late</span>}
        </>
      ),
    },
    {
      heading: 'Spent',
      kind: 'number',
      wideOnly: true,
      cell: ({ spent, currency }) => money(spent, currency),
    },
    {
      heading: 'Unspent at its end',
      kind: 'number',
      wideOnly: true,
      cell: ({ closing, currency }) => money(closing, currency),
    },
    { heading: 'State', cell: ({ state }) => <StatusBadge of="report" state={state} /> },
  ];
}
