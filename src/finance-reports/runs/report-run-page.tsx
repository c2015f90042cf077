import { parseAmount } from '../../maths/money.js';
import { SmallFigure } from '../../web/charts/chart-figure.js';
import { ActionButton, ActionLink } from '../../web/components/actions.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { InstantText } from '../../web/components/dates.js';
import { KeyValue } from '../../web/components/key-value.js';
import { Money } from '../../web/components/money.js';
import { PageHeader } from '../../web/components/page-links.js';
import { Notice } from '../../web/components/problem.js';
import { Stat, StatRow } from '../../web/components/stat.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { type Column, Table } from '../../web/components/table.js';
import { instantText } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { Shell } from '../../web/shell.js';
import { definitionOf } from '../definitions/report-definitions.js';
import { scopeOf } from '../documents/compose-report.js';
import type { KeptSection, KeptTable } from '../documents/kept-section.js';
import type { ReportColumn } from '../documents/report-document.js';
import { mayMake } from './finance-reports-page.js';
import type { Delivery, ReportRun } from './runs.read.js';

export interface ReportRunView {
  run: ReportRun;
  /** The run that it makes again. */
  first: ReportRun | undefined;
  deliveries: Delivery[];
  timeZone: string;
}

interface Props {
  page: PageContext;
  view: ReportRunView;
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

/** A report: how far it is made; then its figures, and the proof that they are the ledger's. */
export function ReportRunPage({ page, view }: Props) {
  const { run, timeZone } = view;
  const open = run.state === 'queued' || run.state === 'making';
  return (
    <Shell page={page}>
      <PageHeader
        title={`${definitionOf(run.kind).title}, ${aboutOf(run)}`}
        facts={
          <>
            <span>as of {instantText(run.asOf, timeZone, localeOf(page))}</span>
            <StatusBadge of="run" state={run.state} />
          </>
        }
      >
        {run.files.map(({ format }) => (
          <ActionLink
            label={`Download ${format.toUpperCase()}`}
            href={`/api/v1/report-runs/${run.id}/files/${format}`}
            icon="download"
          />
        ))}
        {mayMake(page) && (
          <ActionButton
            label={open ? 'Cancel' : 'Run again as of then'}
            action={`/report-runs/${run.id}/${open ? 'cancel' : 'again'}`}
            csrf={page.csrf}
            icon={open ? 'ban' : 'report-money'}
          />
        )}
      </PageHeader>
      <State view={view} />
      {run.sections.map((section, index) => (
        <Figures
          page={page}
          section={section}
          poolId={run.pools[index]?.id}
          isOne={run.sections.length === 1}
        />
      ))}
      <Columns kind="main">
        <Stack>
          {run.sections.map((section) => (
            <>
              <Parts page={page} section={section} />
              <Control page={page} section={section} />
            </>
          ))}
        </Stack>
        <Stack>
          <Proof page={page} view={view} />
          <Deliveries page={page} view={view} />
        </Stack>
      </Columns>
    </Shell>
  );
}

const aboutOf = ({ pools, coalitionIds }: ReportRun): string =>
  pools.length > 0 ? scopeOf(pools) : `${coalitionIds.length} coalitions`;

function State({ view: { run, first } }: Pick<Props, 'view'>) {
  if (run.state === 'queued')
    return <Notice kind="notice" text="It waits to be made. Open it again in a moment." />;
  if (run.state === 'making') {
    const rows = run.rowsExpected === null ? run.rowsWritten : `${run.rowsWritten} of ${run.rowsExpected}`;
    return <Notice kind="notice" text={`It is being made: ${rows} rows written so far.`} />;
  }
  if (run.state === 'failed') {
    return (
      <Notice kind="problem" text={`It could not be made, and there is no file of it: ${run.failure}`} />
    );
  }
  if (run.state === 'doesNotTie') {
    return (
      <Notice
        kind="problem"
        text="Its totals do not tie to the ledger, so it was sent to nobody. See which below, and have the ledger verified."
      />
    );
  }
  if (!first || run.state !== 'made') return null;
  return isSameAs(run, first) ? (
    <Notice kind="done" text="Made again as of then: the same figures, the same SHA-256." />
  ) : (
    <Notice kind="problem" text="Made again as of then: it differs from the first. Compare the two." />
  );
}

/** A PDF and a workbook say when they were written: only a CSV is the same to the byte. */
function isSameAs(run: ReportRun, first: ReportRun): boolean {
  const csvOf = ({ files }: ReportRun) => files.find(({ format }) => format === 'csv')?.sha256;
  const figuresOf = ({ sections }: ReportRun) => JSON.stringify(sections.map(({ keyFigures }) => keyFigures));
  return csvOf(run) === csvOf(first) && figuresOf(run) === figuresOf(first);
}

interface FiguresProps {
  page: PageContext;
  section: KeptSection;
  poolId: string | undefined;
  isOne: boolean;
}

function Figures({ page, section, poolId, isOne }: FiguresProps) {
  const { currency, keyFigures } = section;
  return (
    <StatRow label={isOne ? 'Its main figures' : section.pool}>
      {keyFigures.map(({ label, amount }) => (
        <Stat
          label={label}
          href={`/pools/${poolId}`}
          value={<Money minor={parseAmount(amount, currency)} currency={currency} locale={localeOf(page)} />}
        />
      ))}
    </StatRow>
  );
}

function Parts({ page, section }: { page: PageContext; section: KeptSection }) {
  return section.parts.map((part) => {
    if (part.kind === 'table') return <PartTable page={page} table={part} currency={section.currency} />;
    if (part.kind === 'chart') {
      return (
        <Card title={part.title} note={`In ${section.currency}`}>
          <SmallFigure summary={part.description} svg={part.svg} />
        </Card>
      );
    }
    return (
      <Card title={part.title ?? 'Notes'}>
        {part.paragraphs.map((text) => (
          <p class="tb-card-body">{text}</p>
        ))}
      </Card>
    );
  });
}

type Row = KeptTable['rows'][number];

function PartTable({ page, table, currency }: { page: PageContext; table: KeptTable; currency: string }) {
  const note = table.isWhole ? `In ${currency}` : `In ${currency}; the files have all of its rows`;
  const money = (minor: bigint) => (
    <Money minor={minor} currency={currency} locale={localeOf(page)} symbol={false} />
  );
  const column = ({ name, label, type, isSummed }: ReportColumn, index: number): Column<Row> => ({
    heading: label,
    kind: type === 'text' || type === 'day' || type === 'instant' ? 'text' : 'number',
    wideOnly: index > 0 && index < table.columns.length - 1,
    cell: (row) => {
      const text = row[name];
      if (text === undefined) return '';
      if (type === 'foreignMoney') return `${text} ${row[`${name}Currency`]}`;
      return type === 'money' ? money(parseAmount(text, currency)) : text;
    },
    foot:
      isSummed && type === 'money' && table.isWhole
        ? money(table.rows.reduce((sum, row) => sum + parseAmount(row[name] ?? '0', currency), 0n))
        : undefined,
  });
  return (
    <Card title={table.title} note={note} flush>
      <Table
        caption={table.title}
        rows={table.rows}
        empty={{ icon: 'coins', title: 'Nothing yet' }}
        columns={table.columns.map(column)}
      />
    </Card>
  );
}

function Control({ page, section }: { page: PageContext; section: KeptSection }) {
  const currency = section.ledgerCurrency ?? section.currency;
  const money = (text: string) => (
    <Money minor={parseAmount(text, currency)} currency={currency} locale={localeOf(page)} symbol={false} />
  );
  return (
    <Card
      title="Control totals"
      note={`What the report says of ${section.pool} beside what the ledger says, summed another way; in ${currency}`}
      flush
    >
      <Table
        caption="Control totals of the report and of the ledger"
        rows={section.controlTotals}
        rowTone={({ report, ledger }) => (report === ledger ? undefined : 'attention')}
        columns={[
          { heading: 'Total', cell: ({ name }) => inWords(name) },
          { heading: 'Report', kind: 'number', cell: ({ report }) => money(report) },
          { heading: 'Ledger', kind: 'number', cell: ({ ledger }) => money(ledger) },
          {
            heading: 'Ties',
            wideOnly: true,
            cell: ({ report, ledger }) => (report === ledger ? 'yes' : <strong>no</strong>),
          },
        ]}
      />
    </Card>
  );
}

/** "feesPayable, carried" as "Fees payable, carried": kinds of accounts are named as programs write them. */
function inWords(name: string): string {
  const words = name.replace(
    /([a-z])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  );
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function Proof({ page, view: { run, timeZone } }: Props) {
  const locale = localeOf(page);
  return (
    <Card title="Proof" note="Made again as of then, a CSV has the same SHA-256">
      <KeyValue
        pairs={[
          ['As of', <InstantText at={run.asOf} timeZone={timeZone} locale={locale} />],
          ['Period', `${run.period.from ?? 'the beginning'} to ${run.period.to}, by day ${run.basis}`],
          ['Asked for', <InstantText at={run.askedAt} timeZone={timeZone} locale={locale} />],
          ['Made', run.madeAt && <InstantText at={run.madeAt} timeZone={timeZone} locale={locale} />],
          ['By', run.askedBy ?? 'its subscription'],
          ['Run', run.periodKey],
          ['Late', run.late && 'yes: the service was not running when it was due'],
          [
            'Subscription',
            run.subscriptionId && <a href={`/subscriptions/${run.subscriptionId}`}>Who gets it</a>,
          ],
          ['Again', run.againOf && <a href={`/report-runs/${run.againOf}`}>The first</a>],
          ['Pool', run.poolId && <a href={`/pools/${run.poolId}`}>{run.pools[0]?.name}</a>],
        ]}
      />
      {run.files.map(({ fileName, sha256 }) => (
        <>
          <p class="tb-under">{fileName}</p>
          <div class="tb-secret">
            <code>{sha256}</code>
            <button class="btn btn-sm" type="button" data-copy={sha256}>
              Copy
            </button>
          </div>
        </>
      ))}
    </Card>
  );
}

function Deliveries({ page, view: { run, deliveries, timeZone } }: Props) {
  return (
    <Card title="Where it went" flush>
      <Table
        caption="Mails that carried it"
        rows={deliveries}
        empty={{
          icon: 'inbox',
          title: 'It was sent to nobody',
          text: run.subscriptionId
            ? undefined
            : 'It was made on demand. Subscribe people to send it by mail.',
        }}
        columns={[
          {
            heading: 'To',
            cell: ({ name, to }) => (
              <>
                {name ?? to}
                <span class="tb-under">{to}</span>
              </>
            ),
          },
          {
            heading: 'State',
            cell: ({ state, sentAt, queuedAt }) => (
              <>
                <StatusBadge of="mail" state={state} />
                <span class="tb-under">
                  <InstantText at={sentAt ?? queuedAt} timeZone={timeZone} locale={localeOf(page)} />
                </span>
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}
