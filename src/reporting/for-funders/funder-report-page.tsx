import { ActionLink } from '../../web/components/actions.js';
import { Card, Stack } from '../../web/components/card.js';
import { DayText } from '../../web/components/dates.js';
import { EmptyState } from '../../web/components/empty-state.js';
import { MoneyCell } from '../../web/components/money.js';
import { PageHeader } from '../../web/components/page-links.js';
import { Notice } from '../../web/components/problem.js';
import { Table } from '../../web/components/table.js';
import { decimalText, moneyText } from '../../web/format.js';
import { coalitionPath } from '../../web/navigation.js';
import type { PageContext } from '../../web/page-context.js';
import { Shell } from '../../web/shell.js';
import type { FunderReport, FunderReportLine, ReportForFunder } from './funder-report.js';
import { reportHeadings, type ReportHeadings } from './headings.js';

interface Props {
  page: PageContext;
  report: FunderReport;
  /** Whether the reader may say how this funder reads it. */
  maySet: boolean;
}

/** What partners have reported, as one funder reads it: its year, its currency, its language, its share of the money. */
export function FunderReportPage({ page, report, maySet }: Props) {
  const { funder, fiscalYear, settings, reports, totals, today } = report;
  const words = reportHeadings[settings.language];
  const locale = page.person?.locale ?? 'en-GB';
  const home = `${coalitionPath(report.coalitionId, 'reports')}/for-funders/${report.organisationId}`;
  const yearHref = (year: number) => `${home}?year=${year}`;
  const missing = reports.find(({ rateMissing }) => rateMissing);
  return (
    <Shell page={page}>
      <PageHeader
        title={`${words.title}: ${funder}`}
        facts={
          <>
            <span lang={settings.language}>
              {words.fiscalYear} {fiscalYear.label}
            </span>
            <span>
              <DayText day={fiscalYear.from} today={today} locale={locale} /> –{' '}
              <DayText day={fiscalYear.to} today={today} locale={locale} />
            </span>
            {totals.map(({ amount, currency }) => (
              <strong lang={settings.language}>
                {words.yourShare}: {moneyText(amount, currency, locale)}
              </strong>
            ))}
          </>
        }
      >
        <ActionLink label="The year before" href={yearHref(fiscalYear.year - 1)} small />
        {fiscalYear.to < today && (
          <ActionLink label="The year after" href={yearHref(fiscalYear.year + 1)} small />
        )}
        <ActionLink
          label="CSV"
          icon="download"
          href={`/api/v1/coalitions/${report.coalitionId}/funders/${report.organisationId}/report.csv?year=${fiscalYear.year}`}
          small
        />
        {maySet && <ActionLink label="How it is read" href={`${home}/settings`} icon="settings" small />}
      </PageHeader>
      {missing && (
        <Notice
          kind="warning"
          text={`No rate of ${missing.currency} in ${missing.shareCurrency} is stated, so shares in it are left out.`}
        />
      )}
      <Stack>
        {reports.length === 0 ? (
          <Card>
            <EmptyState
              icon="file-text"
              title={words.nothing}
              text="What was accepted counts in the year in which its period ends."
            />
          </Card>
        ) : (
          reports.map((one) => <Report report={one} words={words} view={report} locale={locale} />)
        )}
        <p class="tb-quiet" lang={settings.language}>
          {words.note}
        </p>
      </Stack>
    </Shell>
  );
}

interface ReportProps {
  report: ReportForFunder;
  words: ReportHeadings;
  view: FunderReport;
  locale: string;
}

function Report({ report, words, view, locale }: ReportProps) {
  const day = (on: string) => <DayText day={on} today={view.today} locale={locale} />;
  return (
    <Card
      title={report.partner}
      note={report.grant}
      actions={
        <a href={`/spend-reports/${report.reportId}`}>
          {day(report.periodFrom)} – {day(report.periodTo)}
        </a>
      }
    >
      <div lang={view.settings.language}>
        <Lines report={report} words={words} locale={locale} />
        {report.rate !== null && (
          <p class="tb-quiet">
            {words.rate}: 1 {report.currency} = {report.rate} {report.shareCurrency}
          </p>
        )}
        <Words title={words.story} text={report.story} />
        <Words title={words.learning} text={report.learning} />
        <Read report={report} title={words.readings} locale={locale} />
        <Files report={report} title={words.attachments} />
      </div>
    </Card>
  );
}

function Lines({ report, words, locale }: Omit<ReportProps, 'view'>) {
  const money = (minor: bigint | null, currency: string) =>
    minor === null ? '–' : <MoneyCell minor={minor} currency={currency} locale={locale} />;
  const total = (of: (line: FunderReportLine) => bigint | null): bigint =>
    report.lines.reduce((whole, line) => whole + (of(line) ?? 0n), 0n);
  return (
    <Table
      caption={`${report.partner}, ${words.spent}`}
      rows={report.lines}
      empty={{ icon: 'coins', title: words.nothing, text: '' }}
      columns={[
        { heading: words.goal, cell: ({ goal }) => goal, foot: words.total },
        {
          ...{ heading: `${words.spent} (${report.currency})`, kind: 'number' },
          cell: ({ spent }) => money(spent, report.currency),
          foot: money(
            total(({ spent }) => spent),
            report.currency,
          ),
        },
        {
          ...{ heading: `${words.yourShare} (${report.shareCurrency})`, kind: 'number' },
          cell: ({ share }) => money(share, report.shareCurrency),
          foot: money(
            total(({ share }) => share),
            report.shareCurrency,
          ),
        },
      ]}
    />
  );
}

/** What was read: the coalition's, with no share of anybody's. */
function Read({ report, title, locale }: { report: ReportForFunder; title: string; locale: string }) {
  if (report.readings.length === 0) return null;
  return (
    <>
      <h3 class="tb-subtitle">{title}</h3>
      <ul class="tb-files" lang="">
        {report.readings.map(({ name, unit, places, period, category, value }) => (
          <li>
            <span>
              {name}
              <span class="tb-under">{[period, category].filter(Boolean).join(', ')}</span>
            </span>
            <span class="tb-read-value">{`${decimalText(value, places, locale)} ${unit}`}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Files({ report, title }: { report: ReportForFunder; title: string }) {
  if (report.attachments.length === 0) return null;
  return (
    <>
      <h3 class="tb-subtitle">{title}</h3>
      <ul class="tb-files" lang="">
        {report.attachments.map(({ id, name }) => (
          <li>
            <a href={`/api/v1/spend-reports/${report.reportId}/attachments/${id}`}>{name}</a>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What the partner wrote stays in the words it was written in. */
function Words({ title, text }: { title: string; text: string }) {
  if (text === '') return null;
  return (
    <>
      <h3 class="tb-subtitle">{title}</h3>
      <p class="tb-prose-lines" lang="">
        {text}
      </p>
    </>
  );
}
