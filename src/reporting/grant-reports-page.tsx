import { dueText, howOftenText, setUpText } from '../grants/reporting-words.js';
import type { Day } from '../maths/day.js';
import { sum } from '../maths/money.js';
import { Card } from '../web/components/card.js';
import { DayText } from '../web/components/dates.js';
import { MoneyCell } from '../web/components/money.js';
import { PageHeader, Tabs } from '../web/components/page-links.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { type Column, Table } from '../web/components/table.js';
import { plural } from '../web/format.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import { periodText } from './period-text.js';
import type { Requirement } from './requirement.dto.js';
import { standingOf } from './spend-report.rules.js';
import type { SpendReportRow } from './spend-reports.read.js';

export interface GrantReportsView {
  grant: { id: string; reference: string; title: string; organisation: string; currency: string };
  /** Null until the grant is awarded. */
  requirement: Requirement | null;
  reports: SpendReportRow[];
  today: Day;
}

interface Props {
  page: PageContext;
  view: GrantReportsView;
}

/** Every period of one grant: what was reported of it, and what is still to come. */
export function GrantReportsPage({ page, view }: Props) {
  const { grant, requirement, reports } = view;
  return (
    <Shell page={page}>
      <PageHeader
        title={`Reports on ${grant.title}`}
        facts={
          <>
            <span>{grant.organisation}</span>
            <a href={`/grants/${grant.id}`}>{grant.reference}</a>
          </>
        }
      />
      <GrantReportTabs grantId={grant.id} current="periods" />
      {requirement && <p class="tb-lead">{agreedText(requirement, page.person?.locale ?? 'en-GB')}</p>}
      <Card
        title="Periods"
        note={`In ${grant.currency}. Each report opens with what the one before closed with.`}
        actions={<a href={`/api/v1/grants/${grant.id}/spend-reports?format=csv`}>Export CSV</a>}
        flush
      >
        <Table
          caption={`Reports on ${grant.title}, by period`}
          rows={reports}
          rowHref={({ id }) => `/spend-reports/${id}`}
          empty={{
            icon: 'report',
            title: 'No report yet',
            text: 'The reports of a grant appear here when it is awarded: one for each period that it agreed.',
          }}
          columns={columnsOf(page, view)}
        />
      </Card>
    </Shell>
  );
}

/** The reports one by one, or what they say in all. */
export function GrantReportTabs({
  grantId,
  current,
}: {
  grantId: string;
  current: 'periods' | 'cumulative';
}) {
  const periods = `/grants/${grantId}/reports`;
  const cumulative = `${periods}/cumulative`;
  return (
    <Tabs
      label="Reports on the grant"
      current={current === 'periods' ? periods : cumulative}
      tabs={[
        { label: 'Reports', href: periods },
        { label: 'All periods', href: cumulative },
      ]}
    />
  );
}

/** What was agreed, in a sentence or two. */
export function agreedText(requirement: Requirement, locale: string): string {
  const { frequency, dueAfterDays, terms, ladder, escalateAfterDays } = requirement;
  const list = (days: number[]) => new Intl.ListFormat(locale).format(days.map(String));
  const before = list(ladder.filter((days) => days < 0).map((days) => -days));
  const ofGrace = terms.graceDays > 0 ? ' its grace' : '';
  const after = list(ladder.filter((days) => days > 0));
  return (
    `Reports ${howOftenText(frequency, terms, locale)}, by goal and never more often, ${dueText(dueAfterDays, terms)}.` +
    `${setUpText(terms)} Reminders come ${before} days before ` +
    `that day, on it, and ${after} days after${ofGrace}; ${plural(escalateAfterDays, 'day')} after, backbone and funders are told.`
  );
}

function columnsOf(page: PageContext, { grant, reports, today }: GrantReportsView): Column<SpendReportRow>[] {
  const locale = page.person?.locale ?? 'en-GB';
  const money = (minor: bigint | null) =>
    minor === null ? (
      <span class="tb-quiet">–</span>
    ) : (
      <MoneyCell minor={minor} currency={grant.currency} locale={locale} />
    );
  const total = (of: 'received' | 'spent') =>
    money(sum(reports.filter(({ stands }) => stands).map((report) => report[of] ?? 0n)));
  return [
    {
      heading: 'Period',
      cell: (report) => (
        <>
          {periodText(report, locale)}
          {report.correctsId && <span class="tb-quiet"> corrected</span>}
        </>
      ),
      foot: 'Reported in all',
    },
    {
      heading: 'Due',
      wideOnly: true,
      cell: ({ dueOn }) => <DayText day={dueOn} today={today} locale={locale} />,
    },
    { heading: 'State', cell: (report) => <Standing report={report} today={today} /> },
    { heading: 'Opening', kind: 'number', wideOnly: true, cell: ({ opening }) => money(opening) },
    {
      heading: 'Received',
      kind: 'number',
      wideOnly: true,
      cell: ({ received }) => money(received),
      foot: total('received'),
    },
    {
      heading: 'Spent',
      kind: 'number',
      wideOnly: true,
      cell: ({ spent }) => money(spent),
      foot: total('spent'),
    },
    { heading: 'Closing', kind: 'number', cell: ({ closing }) => money(closing) },
  ];
}

/** A report's state, with how late it is. */
export function Standing({ report, today }: { report: SpendReportRow; today: Day }) {
  const standing = standingOf(report, today);
  const reason = report.daysLate > 0 ? `by ${plural(report.daysLate, 'day')}` : undefined;
  return standing === 'returned' ? (
    <StatusBadge of="report" state="returned" reason={reason && `late ${reason}`} />
  ) : (
    <StatusBadge of="requirement" state={standing} reason={reason} />
  );
}
