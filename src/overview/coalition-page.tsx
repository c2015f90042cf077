import { ChartFigure } from '../web/charts/chart-figure.js';
import { pledgedBesideReceived } from '../web/charts/pledged-beside-received.js';
import { ActionLink } from '../web/components/actions.js';
import { Card, Columns, Stack } from '../web/components/card.js';
import { CardsOfLaterRooms } from '../web/components/cards-of-later-rooms.js';
import { DayText } from '../web/components/dates.js';
import { EmptyState } from '../web/components/empty-state.js';
import { Money } from '../web/components/money.js';
import { PageHeader } from '../web/components/page-links.js';
import { Stat, StatRow } from '../web/components/stat.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { Table } from '../web/components/table.js';
import { Timeline } from '../web/components/timeline.js';
import { dayText } from '../web/format.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import type { Attention } from './attention.js';
import { AttentionList } from './attention-list.js';
import type { CoalitionOverview, NextInstalment, PoolOverview } from './coalition-overview.js';

interface Props {
  page: PageContext;
  view: CoalitionOverview;
}

/** A coalition at a glance: what waits, money in, money out next, late reports, and the goals it is all for. */
export function CoalitionPage({ page, view, attention }: Props & { attention: readonly Attention[] }) {
  const facts = [
    view.kind === 'coordinating' ? 'Coordinating' : 'Transforming',
    view.backbone && `Backbone: ${view.backbone}`,
  ];
  return (
    <Shell page={page}>
      <PageHeader title={view.name} facts={facts.filter(Boolean).join(' · ')}>
        {view.pools[0] && (
          <ActionLink label="Open the pool" href={`/pools/${view.pools[0].id}`} icon="droplet" />
        )}
      </PageHeader>
      {view.commonAgenda && <p class="tb-lead">{view.commonAgenda}</p>}
      <AttentionList attention={attention} locale={localeOf(page)} />
      {view.pools.map((pool) => (
        <PoolFigures page={page} view={view} pool={pool} />
      ))}
      <Columns kind="main">
        <Stack>
          {view.pools.length === 0 && <NoPool page={page} view={view} />}
          {view.pools.map((pool) => (
            <MoneyIn page={page} pool={pool} />
          ))}
          <LateReports page={page} view={view} />
          <Goals page={page} view={view} />
        </Stack>
        <Stack>
          <NextOut page={page} view={view} />
          <CardsOfLaterRooms page={page} />
        </Stack>
      </Columns>
    </Shell>
  );
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

function PoolFigures({ page, view, pool }: Props & { pool: PoolOverview }) {
  const { position, currency, years } = pool;
  const figure = (minor: bigint) => <Money minor={minor} currency={currency} locale={localeOf(page)} />;
  const pledged = years.reduce((total, year) => total + year.pledged, 0n);
  const received = years.reduce((total, year) => total + year.received, 0n);
  return (
    <StatRow label={view.pools.length > 1 ? `Where ${pool.name} stands` : 'Where the pool stands'}>
      <Stat label="Pledged" value={figure(pledged)} href={`/pools/${pool.id}/pledges`} />
      <Stat label="Received" value={figure(received)} href={`/pools/${pool.id}/contributions`} />
      <Stat
        label="Available"
        value={figure(position.availableToDisburse)}
        href={`/pools/${pool.id}`}
        note="to pay out today"
      />
      <Stat
        label="Committed"
        value={figure(position.grantsOutstanding)}
        href={coalitionPath(view.id, 'grants')}
        note="to grants, not paid yet"
      />
    </StatRow>
  );
}

function NoPool({ page, view }: Props) {
  const mayOpen = page.coalition?.roles.some((role) => role === 'backbone' || role === 'finance') ?? false;
  const isPartner = page.coalition?.roles.every((role) => role === 'partner') ?? false;
  if (isPartner) return null;
  return (
    <Card>
      <EmptyState
        icon="droplet"
        title="There is no pool yet"
        text="A pool holds the money of all funders in one currency, with its policies declared. Pledges, grants and reports follow from it."
        action={mayOpen ? { label: 'Open a pool', href: `/coalitions/${view.id}/pools/new` } : undefined}
      />
    </Card>
  );
}

function MoneyIn({ page, pool }: { page: PageContext; pool: PoolOverview }) {
  if (pool.years.length === 0) return null;
  const settings = { currency: pool.currency, locale: localeOf(page) };
  const years = pool.years.map(({ year, pledged, received }) => ({ year: String(year), pledged, received }));
  return (
    <Card title="Pledged beside received" note={`${pool.name}, by year, in ${pool.currency}`}>
      <ChartFigure chart={pledgedBesideReceived(years, settings)} />
    </Card>
  );
}

function NextOut({ page, view }: Props) {
  const locale = localeOf(page);
  return (
    <Card
      title="Next instalments"
      actions={<ActionLink small label="All grants" href={coalitionPath(view.id, 'grants')} />}
    >
      {view.nextInstalments.length === 0 ? (
        <EmptyState
          icon="calendar"
          title="Nothing is planned"
          text="Instalments appear here when a grant is awarded."
        />
      ) : (
        <Timeline
          label="Next instalments"
          marks={view.nextInstalments.map((instalment) => ({
            when: <DayText day={instalment.dueOn} today={view.today} locale={locale} relative />,
            title: instalment.partner,
            // A reason may be long: it stands under the title, where it has room.
            note: [instalment.grant, instalment.holdReason].filter(Boolean).join(' · '),
            href: `/grants/${instalment.grantId}`,
            figure: <Money minor={instalment.amount} currency={instalment.currency} locale={locale} />,
            status: <StatusBadge of="instalment" state={instalment.state} />,
            tone: toneOf(instalment),
          }))}
        />
      )}
    </Card>
  );
}

function toneOf({ state }: NextInstalment): 'waiting' | 'warning' | 'active' | 'quiet' {
  if (state === 'held' || state === 'returned') return 'warning';
  if (state === 'due') return 'waiting';
  return state === 'planned' ? 'quiet' : 'active';
}

function LateReports({ page, view }: Props) {
  const locale = localeOf(page);
  return (
    <Card
      title="Overdue reports"
      flush={view.overdueReports.length > 0}
      actions={<ActionLink small label="All reports" href={coalitionPath(view.id, 'reports')} />}
    >
      <Table
        caption="Reports that are overdue"
        rows={view.overdueReports}
        rowHref={({ id }) => `/spend-reports/${id}`}
        empty={{ icon: 'circle-check', title: 'No report is overdue' }}
        columns={[
          { heading: 'Partner', cell: ({ partner }) => partner },
          { heading: 'Grant', wideOnly: true, cell: ({ grant }) => grant },
          {
            heading: 'Period',
            wideOnly: true,
            cell: ({ periodFrom, periodTo }) =>
              `${dayText(periodFrom, locale)} – ${dayText(periodTo, locale)}`,
          },
          {
            heading: 'Due',
            cell: ({ dueOn }) => <DayText day={dueOn} today={view.today} locale={locale} relative />,
          },
        ]}
      />
    </Card>
  );
}

function Goals({ page, view }: Props) {
  return (
    <Card
      title="Goals"
      actions={<ActionLink small label="All goals" href={coalitionPath(view.id, 'goals')} />}
    >
      {view.goals.length === 0 ? (
        <EmptyState
          icon="target"
          title="No goal yet"
          text="A goal is a long-term result that the coalition pursues."
        />
      ) : (
        <Timeline
          label="Goals and their horizons"
          marks={view.goals.map((goal) => ({
            when: <DayText day={goal.horizonOn} today={view.today} locale={localeOf(page)} relative />,
            title: goal.name,
            href: `/goals/${goal.id}`,
            icon: 'target' as const,
            tone: 'quiet' as const,
          }))}
        />
      )}
    </Card>
  );
}
