import { ActionLink } from '../web/components/actions.js';
import { Card } from '../web/components/card.js';
import { DayText } from '../web/components/dates.js';
import { EmptyState } from '../web/components/empty-state.js';
import { Money, MoneyCell } from '../web/components/money.js';
import { PageHeader } from '../web/components/page-links.js';
import { Stat, StatRow } from '../web/components/stat.js';
import { type Column, Table } from '../web/components/table.js';
import { plural, shareText } from '../web/format.js';
import { coalitionPath } from '../web/navigation.js';
import { roleNames } from '../web/role-names.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import type { Attention } from './attention.js';
import { AttentionList } from './attention-list.js';
import type { PortfolioCoalition, PortfolioPool } from './portfolio.js';

interface Props {
  page: PageContext;
  coalitions: readonly PortfolioCoalition[];
}

/** All my coalitions: what waits for me, my money, and a line for each coalition. */
export function PortfolioPage({ page, coalitions, attention }: Props & { attention: readonly Attention[] }) {
  return (
    <Shell page={page}>
      <PageHeader title="All my coalitions" facts={plural(coalitions.length, 'coalition')}>
        <ActionLink label="Found a coalition" href="/coalitions/new" icon="plus" />
      </PageHeader>
      {coalitions.length === 0 ? (
        <Card>
          <EmptyState
            icon="users"
            title="You have no seat in a coalition yet"
            text="Ask a backbone to invite you, or found a coalition of your own: its pool, grants and reports live inside it."
            action={{ label: 'Found a coalition', href: '/coalitions/new' }}
          />
        </Card>
      ) : (
        <>
          <AttentionList attention={attention} locale={localeOf(page)} named />
          {moneyByCurrency(coalitions).map((money) => (
            <MyMoney money={money} locale={localeOf(page)} />
          ))}
          <Coalitions page={page} coalitions={coalitions} />
        </>
      )}
    </Shell>
  );
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

interface MoneyOfCurrency {
  currency: string;
  /** Whether these are the person's own organisations' figures, or whole pools'. */
  mine: boolean;
  pledged: bigint;
  received: bigint;
  paidOut: bigint;
}

/**
 * Currencies are never added up; the longest figure comes first. A funder sees its own money; others see the pools
 * they serve.
 */
function moneyByCurrency(coalitions: readonly PortfolioCoalition[]): MoneyOfCurrency[] {
  const pools = coalitions.flatMap((coalition) => coalition.pools);
  const mine = pools.some((pool) => pool.mine !== null);
  const currencies = [...new Set(pools.map(({ currency }) => currency))].sort();
  const byCurrency = currencies.flatMap((currency) => {
    const figures = pools
      .filter((pool) => pool.currency === currency)
      .map((pool) => (mine ? pool.mine : pool));
    const sum = (of: (pool: Pick<PortfolioPool, 'pledged' | 'received' | 'paidOut'>) => bigint) =>
      figures.reduce((total, pool) => total + (pool ? of(pool) : 0n), 0n);
    const money = {
      pledged: sum((p) => p.pledged),
      received: sum((p) => p.received),
      paidOut: sum((p) => p.paidOut),
    };
    return money.pledged === 0n && money.received === 0n ? [] : [{ currency, mine, ...money }];
  });
  return byCurrency.sort((a, b) => (a.pledged < b.pledged ? 1 : a.pledged > b.pledged ? -1 : 0));
}

function MyMoney({ money, locale }: { money: MoneyOfCurrency; locale: string }) {
  const { currency, mine, pledged, received, paidOut } = money;
  const figure = (minor: bigint) => <Money minor={minor} currency={currency} locale={locale} />;
  const whose = mine ? 'My' : 'All';
  return (
    <StatRow label={`${whose} money in ${currency}`}>
      <Stat
        label="Pledged"
        value={figure(pledged)}
        href="#coalitions"
        note={mine ? 'by my organisation' : 'to these pools'}
      />
      <Stat
        label="Received"
        value={figure(received)}
        href="#coalitions"
        note={`${shareText(received, pledged, locale)} of what is pledged`}
      />
      <Stat
        label="Paid out"
        value={figure(paidOut)}
        href="#coalitions"
        note={`${shareText(paidOut, received, locale)} of what was received`}
      />
    </StatRow>
  );
}

interface Line {
  coalition: PortfolioCoalition;
  pool?: PortfolioPool;
}

function Coalitions({ page, coalitions }: Props) {
  const locale = localeOf(page);
  const today = page.now.toISOString().slice(0, 10);
  const lines: Line[] = coalitions.flatMap((coalition): Line[] =>
    coalition.pools.length === 0 ? [{ coalition }] : coalition.pools.map((pool) => ({ coalition, pool })),
  );
  const money = (line: Line, of: (pool: PortfolioPool) => bigint) =>
    line.pool && <MoneyCell minor={of(line.pool)} currency={line.pool.currency} locale={locale} />;
  // The figures that the sums above are made of: a funder's own, or whole pools'.
  const isFunder = lines.some(({ pool }) => pool?.mine);
  const summed = (heading: string, of: (figures: Omit<MoneyOfCurrency, 'currency' | 'mine'>) => bigint) => ({
    heading,
    kind: 'number' as const,
    wideOnly: true,
    cell: (line: Line) => money(line, (pool) => (isFunder ? (pool.mine ? of(pool.mine) : 0n) : of(pool))),
  });
  const poolColumn: Column<Line> = {
    heading: 'Pool',
    wideOnly: true,
    cell: ({ pool }) => pool && `${pool.name} (${pool.currency})`,
  };
  const figures: Column<Line>[] = [
    summed(isFunder ? 'We pledged' : 'Pledged', ({ pledged }) => pledged),
    summed(isFunder ? 'Received from us' : 'Received', ({ received }) => received),
    summed(isFunder ? 'Paid out of it' : 'Paid out', ({ paidOut }) => paidOut),
    {
      heading: isFunder ? 'Balance of the pool' : 'Balance',
      kind: 'number',
      cell: (line) => money(line, (pool) => pool.balance),
    },
  ];
  return (
    <Card title="Coalitions" flush id="coalitions">
      <Table
        caption="Coalitions in which I have a seat"
        rows={lines}
        rowHref={({ coalition }) => coalitionPath(coalition.id)}
        rowTone={({ coalition }) => (coalition.reportsOverdue > 0 ? 'attention' : undefined)}
        columns={[
          { heading: 'Coalition', cell: ({ coalition }) => coalition.name },
          {
            heading: 'I am',
            wideOnly: true,
            cell: ({ coalition }) => coalition.roles.map((role) => roleNames[role] ?? role).join(', '),
          },
          ...(lines.some(({ pool }) => pool) ? [poolColumn, ...figures] : []),
          {
            heading: 'Reports',
            cell: ({ coalition: { reportsOverdue, reportsDueNext } }) =>
              reportsOverdue > 0 ? (
                <strong>{reportsOverdue} overdue</strong>
              ) : reportsDueNext ? (
                <DayText day={reportsDueNext} today={today} locale={locale} relative />
              ) : (
                <span class="tb-quiet">none due</span>
              ),
          },
          {
            heading: 'Last learning',
            wideOnly: true,
            cell: ({ coalition: { lastLearning } }) =>
              lastLearning ? (
                <>
                  <a href={`/learning-entries/${lastLearning.id}`}>{lastLearning.title}</a>
                  <span class="tb-under">
                    <DayText day={lastLearning.happenedOn} today={today} locale={locale} />
                  </span>
                </>
              ) : (
                <span class="tb-quiet">nothing yet</span>
              ),
          },
        ]}
      />
    </Card>
  );
}
