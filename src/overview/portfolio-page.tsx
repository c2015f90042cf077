import { ActionLink } from '../web/components/actions.js';
import { Card } from '../web/components/card.js';
import { DayText } from '../web/components/dates.js';
import { EmptyState } from '../web/components/empty-state.js';
import { Money, MoneyCell } from '../web/components/money.js';
import { PageHeader } from '../web/components/page-links.js';
import { Notice } from '../web/components/problem.js';
import { Stat, StatRow } from '../web/components/stat.js';
import { Table } from '../web/components/table.js';
import { plural, shareText } from '../web/format.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import type { PortfolioCoalition, PortfolioPool } from './portfolio.js';

interface Props {
  page: PageContext;
  coalitions: readonly PortfolioCoalition[];
}

/** All my coalitions: what waits for me, my money, and a line for each coalition. */
export function PortfolioPage({ page, coalitions }: Props) {
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
          <NeedsMe coalitions={coalitions} />
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

function NeedsMe({ coalitions }: { coalitions: readonly PortfolioCoalition[] }) {
  const approvals = coalitions.reduce((total, { approvalsWaiting }) => total + approvalsWaiting, 0);
  const reports = coalitions.reduce((total, { reportsOverdue }) => total + reportsOverdue, 0);
  const words = [
    ...(approvals > 0 ? [`${plural(approvals, 'release')} to approve`] : []),
    ...(reports > 0 ? [`${plural(reports, 'report')} overdue`] : []),
  ];
  if (words.length === 0) return null;
  return <Notice kind="warning" text={`Needs attention: ${words.join(', ')}.`} />;
}

interface MoneyOfCurrency {
  currency: string;
  /** Whether these are the person's own organisations' figures, or whole pools'. */
  mine: boolean;
  pledged: bigint;
  received: bigint;
  paidOut: bigint;
}

/** Currencies are never added up. A funder sees its own money; others see the pools they serve. */
function moneyByCurrency(coalitions: readonly PortfolioCoalition[]): MoneyOfCurrency[] {
  const pools = coalitions.flatMap((coalition) => coalition.pools);
  const mine = pools.some((pool) => pool.mine !== null);
  const currencies = [...new Set(pools.map(({ currency }) => currency))].sort();
  return currencies.flatMap((currency) => {
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
  return (
    <Card title="Coalitions" flush id="coalitions">
      <Table
        caption="Coalitions in which I have a seat"
        rows={lines}
        rowHref={({ coalition }) => coalitionPath(coalition.id)}
        rowTone={({ coalition }) => (coalition.reportsOverdue > 0 ? 'attention' : undefined)}
        columns={[
          { heading: 'Coalition', cell: ({ coalition }) => coalition.name },
          { heading: 'I am', wideOnly: true, cell: ({ coalition }) => coalition.roles.join(', ') },
          { heading: 'Pool', wideOnly: true, cell: ({ pool }) => pool && `${pool.name} (${pool.currency})` },
          {
            heading: 'Pledged',
            kind: 'number',
            wideOnly: true,
            cell: (line) => money(line, (pool) => pool.pledged),
          },
          {
            heading: 'Received',
            kind: 'number',
            wideOnly: true,
            cell: (line) => money(line, (pool) => pool.received),
          },
          { heading: 'Balance', kind: 'number', cell: (line) => money(line, (pool) => pool.balance) },
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
        ]}
      />
    </Card>
  );
}
