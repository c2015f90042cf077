import { Card } from '../web/components/card.js';
import { DayText } from '../web/components/dates.js';
import { EmptyState } from '../web/components/empty-state.js';
import { MoneyCell } from '../web/components/money.js';
import { PageHeader } from '../web/components/page-links.js';
import { Stat, StatRow } from '../web/components/stat.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { type Column, Table } from '../web/components/table.js';
import { plural } from '../web/format.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import { periodText } from './period-text.js';
import { type BoardColumn, boardColumns, type ReportsBoard } from './reports-board.js';
import type { SpendReportRow } from './spend-reports.read.js';

interface Props {
  page: PageContext;
  view: ReportsBoard;
}

const cards: Record<BoardColumn, { title: string; note: string }> = {
  late: { title: 'Late', note: 'Past the due date, and not handed in' },
  submitted: { title: 'To review', note: 'Submitted: to be accepted, or returned with a comment' },
  returned: { title: 'Returned', note: 'With the partner again, to be changed' },
  due: { title: 'Due', note: 'The period is over, or the due date is near' },
  upcoming: { title: 'Upcoming', note: 'Due within 90 days' },
  accepted: { title: 'Accepted', note: 'In the last 90 days, latest first' },
};

/** Who has reported, who has not, and what waits to be read. */
export function ReportsBoardPage({ page, view }: Props) {
  const { reports, coalitionId } = view;
  const filled = boardColumns.filter((column) => reports[column].length > 0);
  return (
    <Shell page={page}>
      <PageHeader title="Reports">
        <a class="btn" href={`/api/v1/coalitions/${coalitionId}/spend-reports?format=csv`}>
          Export CSV
        </a>
      </PageHeader>
      <StatRow label="Where reports stand">
        <Count view={view} column="late" tone="bad" />
        <Count view={view} column="submitted" />
        <Count view={view} column="returned" tone="warning" />
        <Count view={view} column="due" />
      </StatRow>
      {filled.map((column) => (
        <Card {...cards[column]} id={column} flush>
          <Table
            caption={`${cards[column].title}: ${cards[column].note}`}
            rows={reports[column]}
            rowHref={({ id }) => `/spend-reports/${id}`}
            rowTone={() => (column === 'late' ? 'attention' : undefined)}
            columns={columnsOf(column, page, view)}
          />
        </Card>
      ))}
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

/** "by 12 days at most". */
const latest = ({ reports }: ReportsBoard): string =>
  `by ${plural(Math.max(...reports.late.map(({ daysLate }) => daysLate)), 'day')} at most`;

function columnsOf(column: BoardColumn, page: PageContext, view: ReportsBoard): Column<SpendReportRow>[] {
  const locale = page.person?.locale ?? 'en-GB';
  const about: Column<SpendReportRow>[] = [
    { heading: 'Partner', cell: ({ organisation }) => organisation },
    { heading: 'Grant', wideOnly: true, cell: ({ grantTitle }) => grantTitle },
    { heading: 'Period', wideOnly: column !== 'accepted', cell: (report) => periodText(report, locale) },
  ];
  if (column === 'submitted' || column === 'accepted') {
    return [
      ...about,
      {
        heading: 'Spent',
        kind: 'number',
        wideOnly: true,
        cell: (report) => figure(report, report.spent, locale),
      },
      { heading: 'Unspent', kind: 'number', cell: (report) => figure(report, report.closing, locale) },
    ];
  }
  const due: Column<SpendReportRow> = {
    heading: 'Due',
    cell: ({ dueOn }) => (
      <DayText day={dueOn} today={view.today} locale={locale} relative={column !== 'late'} />
    ),
  };
  if (column !== 'late') return [...about, due];
  return [
    ...about,
    { ...due, wideOnly: true },
    { heading: 'Late by', kind: 'number', cell: ({ daysLate }) => plural(daysLate, 'day') },
    { heading: 'State', cell: (report) => <LateState report={report} /> },
  ];
}

function figure({ currency }: SpendReportRow, minor: bigint | null, locale: string) {
  if (minor === null) return '–';
  return (
    <>
      <span class="tb-quiet">{currency}</span> <MoneyCell minor={minor} currency={currency} locale={locale} />
    </>
  );
}

function LateState({ report: { state, hasReaders } }: { report: SpendReportRow }) {
  if (state === 'returned') return <StatusBadge of="report" state="returned" />;
  return (
    <StatusBadge of="requirement" state="overdue" reason={hasReaders ? undefined : 'nobody to remind'} />
  );
}
