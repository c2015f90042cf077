import { ChartFigure } from '../web/charts/chart-figure.js';
import { pledgedBesideReceived } from '../web/charts/pledged-beside-received.js';
import { ActionLink } from '../web/components/actions.js';
import { Card, Columns, Stack } from '../web/components/card.js';
import { EmptyState } from '../web/components/empty-state.js';
import { History } from '../web/components/history.js';
import { Money } from '../web/components/money.js';
import { Stat, StatRow } from '../web/components/stat.js';
import { plural, shareText } from '../web/format.js';
import type { PageContext } from '../web/page-context.js';
import { ForecastChart } from './forecast/forecast-card.js';
import { FundersTable } from './funders-table.js';
import { localeOf, mayDo, PoolFrame } from './pool-frame.js';
import { Available, Policies } from './pool-cards.js';
import type { PoolView } from './pool-view.js';

interface Props {
  page: PageContext;
  view: PoolView;
}

/** A pool: what was promised, what came and went, whose money it is, and by which rules. */
export function PoolPage({ page, view }: Props) {
  const { pool, years } = view;
  const locale = localeOf(page);
  return (
    <PoolFrame page={page} pool={pool} current="overview" actions={<PoolActions page={page} view={view} />}>
      <Figures page={page} view={view} />
      <Columns kind="main">
        <Stack>
          <Card title="Pledged beside received" note={`By calendar year, in ${pool.currency}`}>
            {years.length === 0 ? (
              <EmptyState
                icon="signature"
                title="Nothing is pledged yet"
                text="A pledge is a funder’s promise, in instalments. What is due and what came is drawn here, year by year."
                action={
                  mayDo(page).pledge
                    ? { label: 'Record the first pledge', href: `/pools/${pool.id}/pledges/new` }
                    : undefined
                }
              />
            ) : (
              <ChartFigure
                chart={pledgedBesideReceived(
                  years.map(({ year, ...money }) => ({ year: String(year), ...money })),
                  { currency: pool.currency, locale },
                )}
              />
            )}
          </Card>
          <Card
            title="Cash ahead"
            note={`At the end of each month, in ${pool.currency}`}
            actions={<a href={`/pools/${pool.id}/forecast`}>Month by month</a>}
          >
            <ForecastChart page={page} currency={pool.currency} forecast={view.forecast} />
          </Card>
          <FundersTable page={page} view={view} />
          <Policies page={page} pool={pool} />
        </Stack>
        <Stack>
          <Available page={page} view={view} />
          <Card title="What happened">
            <History
              events={view.history}
              actions={{
                'pool.opened': 'opened the pool',
                'pool.changed': 'changed its policies',
                'pool.periodLocked': 'locked a period',
                'pool.periodUnlocked': 'unlocked a period',
              }}
              fields={changedFields}
              timeZone={pool.timeZone}
              locale={locale}
            />
          </Card>
        </Stack>
      </Columns>
    </PoolFrame>
  );
}

const changedFields = {
  name: 'name',
  attributionRule: 'attribution',
  refundPolicy: 'refunds',
  reserve: 'reserve (minor units)',
  confidenceBasisPoints: 'confidence (basis points)',
  feeBasisPoints: 'fee (basis points)',
  approvalTiers: 'who approves',
  lockedThrough: 'locked through',
};

function PoolActions({ page, view: { pool } }: Props) {
  const may = mayDo(page);
  return (
    <>
      {may.receive && (
        <ActionLink
          label="Record a contribution"
          href={`/pools/${pool.id}/contributions/new`}
          icon="plus"
          weight="primary"
        />
      )}
      {may.pledge && (
        <ActionLink label="Record a pledge" href={`/pools/${pool.id}/pledges/new`} icon="signature" />
      )}
    </>
  );
}

function Figures({ page, view }: Props) {
  const { pool, funders, totals, position } = view;
  const locale = localeOf(page);
  const figure = (minor: bigint) => <Money minor={minor} currency={pool.currency} locale={locale} />;
  return (
    <StatRow label="Where the pool stands">
      <Stat
        label="Pledged"
        value={figure(totals.pledged)}
        href={`/pools/${pool.id}/pledges`}
        note={`by ${plural(funders.length, 'funder')}`}
      />
      <Stat
        label="Received"
        value={figure(totals.received)}
        href={`/pools/${pool.id}/contributions`}
        note={
          totals.pledged > 0n && `${shareText(totals.received, totals.pledged, locale)} of what is pledged`
        }
      />
      <Stat
        label="Paid out"
        value={figure(totals.paidOut)}
        href={`/pools/${pool.id}/ledger?kind=disbursement.settled`}
        note={
          totals.received > 0n && `${shareText(totals.paidOut, totals.received, locale)} of what was received`
        }
      />
      <Stat
        label="Available"
        value={figure(position.availableToDisburse)}
        href="#available"
        note="to pay out today"
      />
    </StatRow>
  );
}
