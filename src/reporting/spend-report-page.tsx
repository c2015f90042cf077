import { daysBetween } from '../maths/day.js';
import type { HistoryEvent } from '../platform/audit/history.js';
import { Card, Columns, Stack } from '../web/components/card.js';
import { CardsOfLaterRooms } from '../web/components/cards-of-later-rooms.js';
import { DayText, InstantText } from '../web/components/dates.js';
import { EmptyState } from '../web/components/empty-state.js';
import { History } from '../web/components/history.js';
import { MoneyCell } from '../web/components/money.js';
import { PageHeader } from '../web/components/page-links.js';
import { Notice } from '../web/components/problem.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { Table } from '../web/components/table.js';
import { Timeline } from '../web/components/timeline.js';
import { plural } from '../web/format.js';
import type { PageContext } from '../web/page-context.js';
import type { Refusal } from '../web/pages.js';
import { Shell } from '../web/shell.js';
import { AttachmentsCard } from './attachments/attachments-card.js';
import { CorrectionCard } from './correction-card.js';
import { Standing } from './grant-reports-page.js';
import { periodText } from './period-text.js';
import { handedIn, stepText } from './reminder.rules.js';
import { mayTake } from './spend-report.rules.js';
import { SpendReportForm } from './spend-report-form.js';
import { Review, SpendReportReading } from './spend-report-reading.js';
import type { ReminderRow } from './reminders.read.js';
import type { SpendReport } from './spend-reports.read.js';

export interface SpendReportView {
  report: SpendReport;
  reminders: ReminderRow[];
  history: HistoryEvent[];
  /** The reader reports for this partner, and may change the report now. */
  mayWrite: boolean;
  mayReview: boolean;
  mayReadContent: boolean;
  /** The reader may begin and end a correction. */
  mayCorrect: boolean;
  /** The reader submitted it. */
  isAuthor: boolean;
  /** Whether payments can be opened: a partner sees them here, and only here. */
  seesPayments: boolean;
}

interface Props {
  page: PageContext;
  view: SpendReportView;
  refusal?: Refusal;
}

/** One report: written by the partner, read by everybody, reviewed by the backbone. */
export function SpendReportPage({ page, view, refusal }: Props) {
  const { report, mayWrite, mayReview, isAuthor } = view;
  const locale = page.person?.locale ?? 'en-GB';
  const isOpen = mayTake(report.state, 'submit');
  return (
    <Shell page={page}>
      <PageHeader
        title={`${report.correctsId ? 'Corrected spend report' : 'Spend report'}, ${periodText(report, locale)}`}
        facts={
          <>
            <Standing report={report} today={report.today} />
            <span>{report.organisation}</span>
            <a href={`/grants/${report.grantId}/reports`}>{report.grantTitle}</a>
            <span>
              Due <DayText day={report.dueOn} today={report.today} locale={locale} relative={isOpen} />
            </span>
            {!isOpen && report.submittedBy && <span>Submitted by {report.submittedBy}</span>}
          </>
        }
      />
      {report.state === 'returned' && <Returned page={page} report={report} />}
      <Columns kind="main">
        <Stack>
          <Main page={page} view={view} refusal={refusal} />
          {view.mayReadContent && <AttachmentsCard page={page} report={report} mayWrite={mayWrite} />}
        </Stack>
        <Stack>
          {mayReview && <Review page={page} report={report} refusal={refusal} isAuthor={isAuthor} />}
          {!mayWrite && refusal && !mayReview && <Notice kind="problem" text={refusal.detail} />}
          <CorrectionCard page={page} report={report} mayCorrect={view.mayCorrect} />
          <CardsOfLaterRooms page={page} />
          <Payments page={page} view={view} />
          <Reminders page={page} view={view} />
          <Card title="What happened">
            <History
              events={withoutRepeatedSaves(view.history)}
              actions={{
                'spendReport.saved': 'saved the draft',
                'spendReport.fileAttached': 'attached a file',
                'spendReport.fileTakenOff': 'took a file off',
                'spendReport.submitted': 'submitted the report',
                'spendReport.returned': 'returned it',
                'spendReport.accepted': 'accepted it',
                'spendReport.correctionBegun': 'began this correction',
                'spendReport.correctionWithdrawn': 'withdrew this correction',
                'spendReport.superseded': 'accepted a correction, which supersedes it',
                'spendReport.followed': 'accepted a correction of an earlier report, which this one follows',
              }}
              fields={{}}
              timeZone={report.timeZone}
              locale={locale}
            />
          </Card>
        </Stack>
      </Columns>
    </Shell>
  );
}

function Main({ page, view, refusal }: Props) {
  const { report, mayWrite, mayReadContent } = view;
  if (mayWrite)
    return <SpendReportForm page={page} report={report} refusal={refusal} last={lastSave(view.history)} />;
  if (mayReadContent) return <SpendReportReading page={page} report={report} />;
  return (
    <Card title="Money">
      <EmptyState
        icon="pencil"
        title="Not submitted yet"
        text={`What ${report.organisation} writes here is its own until it submits the report.`}
      />
    </Card>
  );
}

/** The reviewer's comment, above everything. */
function Returned({ page, report }: { page: PageContext; report: SpendReport }) {
  const { reviewedBy, reviewedAt, reviewComment, timeZone } = report;
  return (
    <Card title={`${reviewedBy ?? 'The backbone'} has returned this report`}>
      <blockquote class="tb-comment">{reviewComment}</blockquote>
      {reviewedAt && (
        <p class="tb-quiet">
          <InstantText at={reviewedAt} timeZone={timeZone} locale={page.person?.locale ?? 'en-GB'} />
        </p>
      )}
    </Card>
  );
}

function Payments({ page, view: { report, seesPayments } }: Props) {
  const locale = page.person?.locale ?? 'en-GB';
  const { payments, currency, received } = report;
  return (
    <Card
      title="Received"
      note="Payments of the period that no earlier report has counted"
      id="payments"
      flush
    >
      <Table
        caption="Payments that this report counts as received"
        rows={payments}
        rowHref={({ disbursementId }) => (seesPayments ? `/disbursements/${disbursementId}` : undefined)}
        empty={{ icon: 'cash', title: 'Nothing was paid in this period' }}
        columns={[
          {
            heading: 'Paid on',
            cell: ({ paidOn }) => <DayText day={paidOn} today={report.today} locale={locale} />,
            foot: 'Total',
          },
          { heading: 'Bank reference', wideOnly: true, cell: ({ bankReference }) => bankReference },
          {
            heading: currency,
            kind: 'number',
            cell: ({ amount }) => <MoneyCell minor={amount} currency={currency} locale={locale} />,
            foot: <MoneyCell minor={received} currency={currency} locale={locale} />,
          },
        ]}
      />
    </Card>
  );
}

function Reminders({ page, view: { report, reminders } }: Props) {
  const locale = page.person?.locale ?? 'en-GB';
  const { timeZone, organisation, hasReaders } = report;
  const graceDays = daysBetween(report.dueOn, report.lateAfter);
  const told = reminders.filter(({ note }) => note !== handedIn);
  const calledOff = reminders.length - told.length;
  return (
    <Card title="Reminders" note="By mail, at eight in the morning">
      <Stack>
        {!hasReaders && mayTake(report.state, 'submit') && (
          <Notice
            kind="warning"
            text={`Nobody can be reminded: ${organisation} has no people here. Give somebody a seat as its partner.`}
          />
        )}
        {told.length > 0 && (
          <Timeline
            label="Reminders"
            marks={told.map(({ dueAt, step, note, state }) => ({
              when: <InstantText at={dueAt} timeZone={timeZone} locale={locale} />,
              title: stepText(step, graceDays).replace(/^./, (letter) => letter.toUpperCase()),
              note: note ?? undefined,
              status: <StatusBadge of="occurrence" state={state} />,
            }))}
          />
        )}
        {calledOff > 0 && (
          <p class="tb-quiet">{`${plural(calledOff, 'reminder')} called off: ${handedIn}.`}</p>
        )}
      </Stack>
    </Card>
  );
}

/** Saving is done in passing: of several saves in a row by the same person, only the last is told. */
export function withoutRepeatedSaves(events: readonly HistoryEvent[]): HistoryEvent[] {
  const isSave = ({ action }: HistoryEvent) => action === 'spendReport.saved';
  return events.filter((event, index) => {
    const later = events[index - 1];
    return !(later && isSave(event) && isSave(later) && later.who === event.who);
  });
}

function lastSave(history: readonly HistoryEvent[]): { who: string; at: Date } | undefined {
  const save = history.find(({ action }) => action === 'spendReport.saved');
  return save && { who: save.who, at: save.at };
}
