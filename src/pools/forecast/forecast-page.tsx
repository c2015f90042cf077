import { Card, Stack } from '../../web/components/card.js';
import { Money, MoneyCell } from '../../web/components/money.js';
import { Notice } from '../../web/components/problem.js';
import { Stat, StatRow } from '../../web/components/stat.js';
import { type Column, Table } from '../../web/components/table.js';
import { moneyText, monthText } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { percentText } from '../policy-words.js';
import { localeOf, PoolFrame } from '../pool-frame.js';
import type { PoolOfPage } from '../pool-view.js';
import { ForecastChart } from './forecast-card.js';
import type { PoolForecast, PoolForecastMonth } from './pool-forecast.js';

interface Props {
  page: PageContext;
  pool: PoolOfPage;
  forecast: PoolForecast;
}

/** The cash of a pool for the months to come, and where it ends. */
export function ForecastPage({ page, pool, forecast }: Props) {
  const { months } = forecast;
  const counted =
    forecast.confidenceBasisPoints === 10_000
      ? 'every signed pledge in full'
      : `signed pledges at ${percentText(forecast.confidenceBasisPoints)}, the pool’s confidence; “expected” counts them in full`;
  return (
    <PoolFrame page={page} pool={pool} current="forecast">
      <Cliff page={page} pool={pool} forecast={forecast} />
      <Figures page={page} pool={pool} forecast={forecast} />
      <Stack>
        <Card
          title={`Cash at the end of each month, ${months.length} months`}
          note={`In ${pool.currency}. “Certain” counts ${counted}.`}
        >
          <ForecastChart page={page} currency={pool.currency} forecast={forecast} />
        </Card>
        <Card
          title="Month by month"
          id="month-by-month"
          note={`In ${pool.currency}. What is overdue counts in the first month; what waits for something to happen, where it is expected at the latest.`}
          flush
        >
          <Table
            caption={`Cash in and out by month, in ${pool.currency}`}
            rows={months}
            rowTone={({ in: cashIn, out }) => (cashIn === 0n && out === 0n ? 'muted' : undefined)}
            columns={columnsOf(page, pool, forecast)}
          />
        </Card>
      </Stack>
    </PoolFrame>
  );
}

function Cliff({ page, pool, forecast: { cliff, months } }: Props) {
  const locale = localeOf(page);
  if (!cliff) return null;
  const when = monthText(cliff.month, locale);
  const money = moneyText(cliff.shortBy, pool.currency, locale);
  const inTime = months.findIndex(({ month }) => month === cliff.month) === 0 ? 'It is here.' : '';
  return (
    <Notice
      kind="warning"
      text={`Funding cliff in ${when}: after the reserve, the pool is short by ${money}. ${inTime}`.trim()}
    />
  );
}

function Figures({ page, pool, forecast }: Props) {
  const locale = localeOf(page);
  const home = `/pools/${pool.id}`;
  const figure = (minor: bigint) => <Money minor={minor} currency={pool.currency} locale={locale} />;
  const total = (of: (month: PoolForecastMonth) => bigint) =>
    forecast.months.reduce((sum, month) => sum + of(month), 0n);
  const overdue = (minor: bigint) =>
    minor > 0n && `${moneyText(minor, pool.currency, locale)} of it is overdue`;
  return (
    <StatRow label="What comes and what goes">
      <Stat
        label="Cash today"
        value={figure(forecast.openingCash)}
        href={`${home}/accounts`}
        note="less fees owed"
      />
      <Stat
        label="To come"
        value={figure(total((month) => month.in))}
        href={`${home}/pledges?state=signed`}
        note={overdue(forecast.overdue.in)}
      />
      <Stat
        label="To be paid"
        value={figure(total((month) => month.out))}
        href={`/coalitions/${pool.coalitionId}/grants`}
        note={overdue(forecast.overdue.out)}
      />
      <Stat
        label="Funding cliff"
        value={forecast.cliff ? monthText(forecast.cliff.month, locale) : 'None in sight'}
        href="#month-by-month"
        note={
          forecast.cliff ? `short by ${moneyText(forecast.cliff.shortBy, pool.currency, locale)}` : undefined
        }
        tone={forecast.cliff ? 'warning' : 'good'}
      />
    </StatRow>
  );
}

function columnsOf(
  page: PageContext,
  pool: PoolOfPage,
  { months, reserve }: PoolForecast,
): Column<PoolForecastMonth>[] {
  const locale = localeOf(page);
  const money = (minor: bigint) => <MoneyCell minor={minor} currency={pool.currency} locale={locale} />;
  const total = (of: (month: PoolForecastMonth) => bigint) =>
    money(months.reduce((sum, month) => sum + of(month), 0n));
  return [
    {
      heading: 'Month',
      cell: ({ month, closingExpected }) => (
        <>
          {monthText(month, locale)}
          {closingExpected < reserve && <span class="tb-under">below the reserve</span>}
        </>
      ),
      foot: 'Together',
    },
    { heading: 'In', kind: 'number', cell: (month) => money(month.in), foot: total((month) => month.in) },
    {
      heading: 'Out',
      kind: 'number',
      cell: ({ out, outWaiting }) => (
        <>
          {money(out)}
          {outWaiting > 0n && (
            <span class="tb-under">
              {outWaiting === out ? 'waits' : `${moneyText(outWaiting, pool.currency, locale)} of it waits`}{' '}
              for something
            </span>
          )}
        </>
      ),
      foot: total(({ out }) => out),
    },
    { heading: 'Certain', kind: 'number', cell: ({ closingExpected }) => money(closingExpected) },
    { heading: 'Expected', kind: 'number', cell: ({ closing }) => money(closing), wideOnly: true },
  ];
}
