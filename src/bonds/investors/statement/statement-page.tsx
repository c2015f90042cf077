import type { Day } from '../../../maths/day.js';
import { ActionLink } from '../../../web/components/actions.js';
import { Card, Columns, Stack } from '../../../web/components/card.js';
import { DayText } from '../../../web/components/dates.js';
import { KeyValue } from '../../../web/components/key-value.js';
import { Money, MoneyCell } from '../../../web/components/money.js';
import { PageHeader } from '../../../web/components/page-links.js';
import { Table } from '../../../web/components/table.js';
import { ChartFigure } from '../../../web/charts/chart-figure.js';
import { stepsChart } from '../../../web/charts/steps-chart.js';
import { dayText } from '../../../web/format.js';
import type { PageContext } from '../../../web/page-context.js';
import { Shell } from '../../../web/shell.js';
import { localeOf } from '../../contracts/bond-frame.js';
import { projectedBy, timesText, yearlyText } from '../return-words.js';
import type { InvestorStatementAhead } from './investor-statement.js';
import { PeriodForm, type RefusedPeriod } from './period-form.js';
import { periodFrom, type StatementLine } from './statement.rules.js';

interface Props {
  page: PageContext;
  view: { statement: InvestorStatementAhead; from: Day | undefined; today: Day; refused?: RefusedPeriod };
}

const kindText: Record<StatementLine['kind'], string> = {
  drawdown: 'Drawn',
  twoSided: 'Paid for poor outcomes',
  distribution: 'Distributed',
};

/** What became of one investor’s money in a period: from what was out before it to what is out at its end. */
export function StatementPage({ page, view }: Props) {
  const { bond, investor, on } = view.statement;
  const home = `/bonds/${bond.id}/investors/${investor.partyId}/statement`;
  const asked = new URLSearchParams({ on, ...(view.from === undefined ? {} : { from: view.from }) });
  return (
    <Shell page={page}>
      <PageHeader
        title={`Statement of ${investor.investor}`}
        facts={
          <>
            <a href={`/bonds/${bond.id}/investors`}>{bond.title}</a>
            <span>{bond.reference}</span>
            <span>{bond.currency}</span>
          </>
        }
      >
        <ActionLink label="As CSV" href={`/api/v1${home}.csv?${asked.toString()}`} icon="download" />
      </PageHeader>
      <Columns kind="main">
        <Stack>
          <PeriodForm home={home} from={view.from} on={on} today={view.today} refused={view.refused} />
          <OverTime page={page} view={view} />
          <Lines page={page} view={view} />
        </Stack>
        <Figures page={page} view={view} />
      </Columns>
    </Shell>
  );
}

/** Only where there is something to draw: capital that was out for longer than a day. */
function OverTime({ page, view: { statement, from } }: Props) {
  const { opening, lines } = periodFrom(statement, from);
  const steps = lines.map(({ on, outstanding }) => ({ on, amount: outstanding }));
  if (from !== undefined) steps.unshift({ on: from, amount: opening });
  const first = steps[0]?.on ?? statement.on;
  if (first === statement.on || steps.every(({ amount }) => amount === 0n)) return null;
  const settings = { currency: statement.bond.currency, locale: localeOf(page) };
  return (
    <Card title="Capital outstanding" note="On the days of the bank">
      <ChartFigure chart={stepsChart('Capital outstanding', steps, statement.on, settings)} />
    </Card>
  );
}

function Lines({ page, view: { statement, from, today } }: Props) {
  const locale = localeOf(page);
  const { bond } = statement;
  const period = periodFrom(statement, from);
  const money = (minor: bigint) => <MoneyCell minor={minor} currency={bond.currency} locale={locale} />;
  return (
    <Card
      title="Line by line"
      note={`In ${bond.currency}, on the days of the bank; each leads to its entry`}
      flush
    >
      <Table
        caption={`Statement of ${statement.investor.investor}, in ${bond.currency}`}
        rows={period.lines}
        rowHref={({ entryId }) => `/entries/${entryId}`}
        empty={{
          icon: 'cash',
          title: 'Nothing moved',
          text: 'No money came from this investor, or went to it, in the period.',
        }}
        columns={[
          {
            heading: 'Day',
            cell: ({ on }) => <DayText day={on} today={today} locale={locale} />,
            foot: 'In the period',
          },
          {
            heading: 'What',
            cell: ({ kind, reference }) => (
              <>
                {kindText[kind]}
                <span class="tb-under">{reference}</span>
              </>
            ),
          },
          {
            ...{ heading: 'Paid in', kind: 'number', wideOnly: true },
            cell: ({ paidIn }) => money(paidIn),
            foot: money(period.lines.reduce((all, { paidIn }) => all + paidIn, 0n)),
          },
          {
            ...{ heading: 'Capital', kind: 'number', wideOnly: true },
            cell: ({ capital }) => money(capital),
            foot: money(period.returned),
          },
          {
            ...{ heading: 'Return', kind: 'number', wideOnly: true },
            cell: ({ income }) => money(income),
            foot: money(period.income),
          },
          {
            ...{ heading: 'Outstanding', kind: 'number' },
            cell: ({ outstanding }) => money(outstanding),
            foot: money(period.closing),
          },
        ]}
      />
    </Card>
  );
}

function Figures({ page, view: { statement, from } }: Props) {
  const { bond, accrued } = statement;
  const period = periodFrom(statement, from);
  const money = (minor: bigint) => <Money minor={minor} currency={bond.currency} locale={localeOf(page)} />;
  return (
    <Stack>
      <Card title="The period">
        <KeyValue
          pairs={[
            ['Capital out before', money(period.opening)],
            ['Drawn', money(period.drawn)],
            ['Capital returned', money(period.returned)],
            ['Return paid', money(period.income)],
            ['Capital out at the end', money(period.closing)],
          ]}
        />
      </Card>
      <Card title="Since the start" note="To the last day of the period">
        <KeyValue
          pairs={[
            ['Accrued, not paid', accrued.amount === null ? 'Not known' : money(accrued.amount)],
            ['Counted by', accrued.dayCount ?? 'nothing'],
            ['That is', accrued.note],
            ['Lost', money(statement.lost)],
            ['Realised', yearlyText(statement.realised)],
            ['With what is still in', yearlyText(statement.withResidual)],
            ['Multiple', timesText(statement.multiples)],
          ]}
        />
      </Card>
      <Projected page={page} view={{ statement }} />
    </Stack>
  );
}

function Projected({
  page,
  view: { statement },
}: {
  page: PageContext;
  view: { statement: InvestorStatementAhead };
}) {
  const { bond, projected, on } = statement;
  const locale = localeOf(page);
  const money = (minor: bigint) => <Money minor={minor} currency={bond.currency} locale={locale} />;
  const scenarios = <a href={`/bonds/${bond.id}/scenarios`}>Scenarios of the bond</a>;
  if (projected.scenario === null)
    return (
      <Card title="To the end">
        <p>{projected.why}</p>
        {scenarios}
      </Card>
    );
  const { investor } = projected;
  return (
    <Card title="To the end" note={`What happened to ${dayText(on, locale)}, and what is expected after it`}>
      <p>
        {projectedBy(projected)}. {scenarios}
      </p>
      <KeyValue
        pairs={[
          ['Will have paid in', money(investor.paidIn)],
          ['Will have got', money(investor.received)],
          ['Capital lost', money(investor.lost)],
          ['Return', yearlyText(investor.xirr)],
          ['Multiple', timesText(investor.multiples)],
        ]}
      />
    </Card>
  );
}
