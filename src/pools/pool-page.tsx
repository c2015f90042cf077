import { ChartFigure } from '../web/charts/chart-figure.js';
import { pledgedBesideReceived } from '../web/charts/pledged-beside-received.js';
import { ActionLink } from '../web/components/actions.js';
import { Card, Columns, Stack } from '../web/components/card.js';
import { EmptyState } from '../web/components/empty-state.js';
import { type FieldNames, History } from '../web/components/history.js';
import { Money } from '../web/components/money.js';
import { Stat, StatRow } from '../web/components/stat.js';
import { dayText, moneyText, plural, shareText } from '../web/format.js';
import type { PageContext } from '../web/page-context.js';
import type { ApprovalTier } from './approvals/approval-tiers.js';
import { ForecastChart } from './forecast/forecast-card.js';
import { FundersTable } from './funders-table.js';
import { localeOf, mayDo, PoolFrame } from './pool-frame.js';
import { Available, Policies } from './pool-cards.js';
import { attributionWords, percentText, refundWords, tiersText } from './policy-words.js';
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
                'pool.bankAccountProposed': 'proposed the account that it pays from',
                'pool.bankAccountSet': 'approved the account that it pays from',
                'pool.bankAccountRejected': 'said no to an account',
                'bankStatement.imported': 'imported a bank statement',
                'exchangeDifference.shared': 'shared the exchange differences',
              }}
              fields={changedFields(pool.currency, locale)}
              timeZone={pool.timeZone}
              locale={locale}
            />
          </Card>
        </Stack>
      </Columns>
    </PoolFrame>
  );
}

/** What a change of the policies says of each of them. */
function changedFields(currency: string, locale: string): FieldNames {
  const money = (value: unknown) => moneyText(BigInt(value as string), currency, locale);
  const rate = (value: unknown) => percentText(Number(value));
  const words = (of: Readonly<Record<string, { label: string }>>) => (value: unknown) =>
    of[value as string]?.label ?? String(value);
  return {
    name: 'name',
    attributionRule: ['whose money pays', words(attributionWords)],
    refundPolicy: ['refunds', words(refundWords)],
    reserve: ['reserve', money],
    confidenceBasisPoints: ['open pledges count', rate],
    feeBasisPoints: ['fee', rate],
    feeOn: 'fee on',
    feeMinimum: ['fee at least', money],
    feeCap: ['fee at most', money],
    approvalTiers: ['who approves', (value) => tiersText(value as ApprovalTier[], currency, locale)],
    lockedThrough: ['locked through', (value) => dayText(value as string, locale)],
  };
}

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
