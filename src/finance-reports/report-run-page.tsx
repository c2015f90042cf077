import { parseAmount } from '../maths/money.js';
import { ChartFigure } from '../web/charts/chart-figure.js';
import { pledgedBesideReceived } from '../web/charts/pledged-beside-received.js';
import { ActionButton, ActionLink } from '../web/components/actions.js';
import { Card, Columns, Stack } from '../web/components/card.js';
import { InstantText } from '../web/components/dates.js';
import { KeyValue } from '../web/components/key-value.js';
import { Money } from '../web/components/money.js';
import { PageHeader } from '../web/components/page-links.js';
import { Notice } from '../web/components/problem.js';
import { Stat, StatRow } from '../web/components/stat.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { type Column, Table } from '../web/components/table.js';
import { instantText } from '../web/format.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import { mayMake } from './finance-reports-page.js';
import type { FunderFigures, PositionItem } from './pool-position.report.js';
import { reportDefinitions } from './report-definitions.js';
import type { Delivery, ReportRun } from './runs.read.js';

export interface ReportRunView {
  run: ReportRun;
  deliveries: Delivery[];
  timeZone: string;
}

interface Props {
  page: PageContext;
  view: ReportRunView;
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

/** A report as it was made: its figures, and the proof that they are the ledger's. */
export function ReportRunPage({ page, view }: Props) {
  const { run, timeZone } = view;
  const { figures } = run;
  return (
    <Shell page={page}>
      <PageHeader
        title={`${reportDefinitions[run.kind].title}, ${figures.pool}`}
        facts={
          <>
            <span>as of {instantText(run.asOf, timeZone, localeOf(page))}</span>
            <StatusBadge of="run" state={run.state} />
          </>
        }
      >
        <ActionLink label="Download CSV" href={`/api/v1/report-runs/${run.id}/files/csv`} icon="download" />
        {mayMake(page) && (
          <ActionButton
            label="Run again as of then"
            action={`/report-runs/${run.id}/again`}
            csrf={page.csrf}
            icon="report-money"
          />
        )}
      </PageHeader>
      {run.state === 'doesNotTie' && (
        <Notice
          kind="problem"
          text="Its totals do not tie to the ledger, so it was sent to nobody. See which below, and have the ledger verified."
        />
      )}
      <Position page={page} view={view} />
      <Columns kind="main">
        <Stack>
          <Years page={page} view={view} />
          <Funders page={page} view={view} />
          <Control page={page} view={view} />
        </Stack>
        <Stack>
          <Proof page={page} view={view} />
          <Deliveries page={page} view={view} />
        </Stack>
      </Columns>
    </Shell>
  );
}

interface Figure {
  item: PositionItem;
  label: string;
  /** The page of the pool that it leads down to. */
  to: '' | '/accounts' | '/pledges';
}

/** What is there, and what is promised: the two books. */
const books: readonly { label: string; figures: readonly Figure[] }[] = [
  {
    label: 'What the pool had',
    figures: [
      { item: 'cash', label: 'Cash', to: '/accounts' },
      { item: 'fundBalances', label: 'Fund balances', to: '/accounts' },
      { item: 'feesPayable', label: 'Fees payable', to: '/accounts' },
      { item: 'heldForBonds', label: 'Held for bonds', to: '/accounts' },
      { item: 'availableToDisburse', label: 'Available to pay out', to: '' },
    ],
  },
  {
    label: 'What was promised',
    figures: [
      { item: 'pledgesReceivable', label: 'Pledged, still to come', to: '/pledges' },
      { item: 'grantsOutstanding', label: 'Committed, not paid yet', to: '/accounts' },
      { item: 'reserve', label: 'Reserve', to: '' },
      { item: 'availableToCommit', label: 'Available to commit', to: '' },
    ],
  },
];

function Position({ page, view: { run } }: Props) {
  const { position, currency } = run.figures;
  const locale = localeOf(page);
  return (
    <>
      {books.map((book) => (
        <StatRow label={book.label}>
          {/* A run of before a figure was reported has not got it. */}
          {book.figures
            .filter(({ item }) => item in position)
            .map(({ item, label, to }) => (
              <Stat
                label={label}
                href={`/pools/${run.poolId}${to}`}
                value={
                  <Money minor={parseAmount(position[item], currency)} currency={currency} locale={locale} />
                }
              />
            ))}
        </StatRow>
      ))}
    </>
  );
}

function Years({ page, view: { run } }: Props) {
  const { years, currency } = run.figures;
  if (years.length === 0) return null;
  const drawn = years.map(({ year, pledged, received }) => ({
    year: String(year),
    pledged: parseAmount(pledged, currency),
    received: parseAmount(received, currency),
  }));
  return (
    <Card title="Pledged beside received" note={`By year, in ${currency}`}>
      <ChartFigure chart={pledgedBesideReceived(drawn, { currency, locale: localeOf(page) })} />
    </Card>
  );
}

type FunderMeasure = Exclude<keyof FunderFigures, 'funderId' | 'funder'>;

function Funders({ page, view: { run } }: Props) {
  const { funders, currency } = run.figures;
  const money = (minor: bigint) => (
    <Money minor={minor} currency={currency} locale={localeOf(page)} symbol={false} />
  );
  const column = (heading: string, measure: FunderMeasure, wideOnly = true): Column<FunderFigures> => ({
    heading,
    kind: 'number',
    wideOnly,
    cell: (funder) => money(parseAmount(funder[measure] ?? '0', currency)),
    foot: money(funders.reduce((sum, funder) => sum + parseAmount(funder[measure] ?? '0', currency), 0n)),
  });
  return (
    <Card title="Funder by funder" note={`In ${currency}; a share of the money, never of the impact`} flush>
      <Table
        caption="What each funder promised, gave, and has left"
        rows={funders}
        rowHref={({ funderId }) => `/organisations/${funderId}`}
        empty={{ icon: 'coins', title: 'No funder yet' }}
        columns={[
          { heading: 'Funder', cell: ({ funder }) => funder, foot: 'Total' },
          column('Pledged', 'pledged'),
          column('Received', 'received', false),
          column('Fees', 'fees'),
          column('Bank charges', 'charges'),
          column('Paid out', 'paidOut'),
          column('Balance', 'balance', false),
        ]}
      />
    </Card>
  );
}

function Control({ page, view: { run } }: Props) {
  const { currency } = run.figures;
  const money = (text: string) => (
    <Money minor={parseAmount(text, currency)} currency={currency} locale={localeOf(page)} symbol={false} />
  );
  return (
    <Card
      title="Control totals"
      note={`What the report says beside what the ledger says, summed another way; in ${currency}`}
      id="control"
      flush
    >
      <Table
        caption="Control totals of the report and of the ledger"
        rows={run.controlTotals}
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
    <Card title="Proof" note="Made again as of then, the file has the same SHA-256">
      <KeyValue
        pairs={[
          ['As of', <InstantText at={run.asOf} timeZone={timeZone} locale={locale} />],
          ['Made', <InstantText at={run.madeAt} timeZone={timeZone} locale={locale} />],
          ['By', run.askedBy ?? 'its subscription'],
          ['Period', run.periodKey],
          ['Late', run.late && 'yes: the service was not running when it was due'],
          [
            'Subscription',
            run.subscriptionId && <a href={`/subscriptions/${run.subscriptionId}`}>Who gets it</a>,
          ],
          ['Pool', <a href={`/pools/${run.poolId}`}>{run.figures.pool}</a>],
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
