import { ActionLink } from '../web/components/actions.js';
import { Card } from '../web/components/card.js';
import { DayText, InstantText } from '../web/components/dates.js';
import { EmptyState } from '../web/components/empty-state.js';
import { Money } from '../web/components/money.js';
import { PageHeader } from '../web/components/page-links.js';
import { Notice } from '../web/components/problem.js';
import { Stat, StatRow } from '../web/components/stat.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { type Column, Table } from '../web/components/table.js';
import { plural } from '../web/format.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import { periodText } from './period-text.js';
import { ReportTabs } from './report-tabs.js';
import { type BoardColumn, boardColumns, type ReportsBoard } from './reports-board.js';
import type { SpendReportRow } from './spend-reports.read.js';

interface Props {
  page: PageContext;
  view: ReportsBoard;
}

const cards: Record<BoardColumn, { title: string; note: string; since?: string }> = {
  late: { title: 'Late', note: 'Past the due date, and not handed in' },
  submitted: { title: 'To review', note: 'To be accepted, or returned with a comment', since: 'Submitted' },
  returned: { title: 'Returned', note: 'With the partner again, to be changed' },
  due: { title: 'Due', note: 'The period is over, or the due date is near' },
  upcoming: { title: 'Upcoming', note: 'Due within 90 days' },
  accepted: { title: 'Accepted', note: 'In the last 90 days, latest first', since: 'Accepted' },
};

/** Who has reported, who has not, and what waits to be read. */
export function ReportsBoardPage({ page, view }: Props) {
  const { reports, coalitionId } = view;
  // Only those who see the pool's money have its balance around the page.
  const pool = page.coalition?.available;
  const filled = boardColumns.filter((column) => reports[column].length > 0);
  return (
    <Shell page={page}>
      <PageHeader title="Reports">
        {pool?.href && (
          <ActionLink label="Finance reports" href={`${pool.href}/finance-reports`} icon="report-money" />
        )}
      </PageHeader>
      <ReportTabs page={page} coalitionId={coalitionId} current="board" />
      {view.isCut && (
        <Notice text="There are more reports than the board holds. All of them are in the list." />
      )}
      <StatRow label="Where reports stand">
        <Count view={view} column="late" tone="bad" />
        <Count view={view} column="submitted" />
        <Count view={view} column="returned" tone="warning" />
        <Count view={view} column="due" />
      </StatRow>
      {filled.map((column) => (
        <Card title={cards[column].title} note={cards[column].note} id={column} flush>
          <Table
            caption={`${cards[column].title}: ${cards[column].note}`}
            rows={reports[column]}
            rowHref={({ id }) => `/spend-reports/${id}`}
            rowTone={() => (column === 'late' ? 'attention' : undefined)}
            columns={columnsOf(column, page, view)}
          />
        </Card>
      ))}
      {view.spent.length > 0 && <SpentByGoal page={page} view={view} />}
      {filled.length === 0 && (
        <Card>
          <EmptyState
            icon="report"
            title="No report is due"
            text="Awarding a grant brings its reporting along, as often as the grant agreed. Partners are reminded in time, and what they report appears here."
          />
        </Card>
      )}
    </Shell>
  );
}

function Count({
  view,
  column,
  tone,
}: {
  view: ReportsBoard;
  column: BoardColumn;
  tone?: 'bad' | 'warning';
}) {
  const { length } = view.reports[column];
  return (
    <Stat
      label={cards[column].title}
      value={length}
      href={length > 0 ? `#${column}` : '#main'}
      tone={length > 0 ? tone : undefined}
      note={column === 'late' && length > 0 ? latest(view) : undefined}
    />
  );
}

function SpentByGoal({ page, view }: Props) {
  const locale = page.person?.locale ?? 'en-GB';
  return (
    <Card
      title="Spent by goal"
      note="By all accepted reports of the coalition"
      actions={<a href={`/api/v1/coalitions/${view.coalitionId}/spend-by-goal?format=csv`}>Export CSV</a>}
      flush
    >
      <Table
        caption="What was spent on each goal, by accepted reports"
        rows={view.spent}
        rowHref={({ goalId }) => `/goals/${goalId}`}
        columns={[
          { heading: 'Goal', cell: ({ goal }) => goal },
          {
            heading: 'Spent',
            kind: 'number',
            cell: ({ spent, currency }) => <Money minor={spent} currency={currency} locale={locale} />,
          },
        ]}
      />
    </Card>
  );
}

/** "up to 12 days". */
const latest = ({ reports }: ReportsBoard): string =>
  `up to ${plural(Math.max(...reports.late.map(({ daysLate }) => daysLate)), 'day')}`;

function columnsOf(column: BoardColumn, page: PageContext, view: ReportsBoard): Column<SpendReportRow>[] {
  const locale = page.person?.locale ?? 'en-GB';
  const isHandedIn = column === 'submitted' || column === 'accepted';
  return [
    { heading: 'Partner', cell: ({ organisation }) => organisation },
    { heading: 'Grant', wideOnly: true, cell: ({ grantTitle }) => grantTitle },
    { heading: 'Period', wideOnly: !isHandedIn, cell: (report) => periodText(report, locale) },
    ...(isHandedIn ? handedIn(column, locale, view) : stillOpen(column, locale, view)),
  ];
}

function handedIn(
  column: 'submitted' | 'accepted',
  locale: string,
  { timeZone }: ReportsBoard,
): Column<SpendReportRow>[] {
  const money = (minor: bigint | null, currency: string) =>
    minor === null ? '–' : <Money minor={minor} currency={currency} locale={locale} />;
  const at = (report: SpendReportRow) => (column === 'submitted' ? report.submittedAt : report.reviewedAt);
  return [
    {
      heading: cards[column].since ?? '',
      wideOnly: true,
      cell: (report) => <InstantText at={at(report)!} timeZone={timeZone} locale={locale} />,
    },
    {
      heading: 'Spent',
      kind: 'number',
      wideOnly: true,
      cell: (report) => money(report.spent, report.currency),
    },
    {
      heading: 'Unspent',
      kind: 'number',
      wideOnly: true,
      cell: (report) => money(report.closing, report.currency),
    },
  ];
}

function stillOpen(column: BoardColumn, locale: string, { today }: ReportsBoard): Column<SpendReportRow>[] {
  const isLate = column === 'late';
  const due: Column<SpendReportRow> = {
    heading: 'Due',
    wideOnly: isLate,
    cell: ({ dueOn }) => <DayText day={dueOn} today={today} locale={locale} relative={!isLate} />,
  };
  if (!isLate) return [due];
  return [
    due,
    { heading: 'Late by', kind: 'number', cell: ({ daysLate }) => plural(daysLate, 'day') },
    { heading: 'State', cell: (report) => <LateState report={report} /> },
  ];
}

function LateState({ report: { state, hasReaders } }: { report: SpendReportRow }) {
  if (state === 'returned') return <StatusBadge of="report" state="returned" />;
  return (
    <StatusBadge of="requirement" state="overdue" reason={hasReaders ? undefined : 'nobody to remind'} />
  );
}
