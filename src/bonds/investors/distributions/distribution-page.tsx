import type { ComponentChildren } from 'preact';
import type { Day } from '../../../maths/day.js';
import type { HistoryEvent } from '../../../platform/audit/history.js';
import { Card, Columns, Stack } from '../../../web/components/card.js';
import { DayText, InstantText } from '../../../web/components/dates.js';
import { History } from '../../../web/components/history.js';
import { KeyValue } from '../../../web/components/key-value.js';
import { Money } from '../../../web/components/money.js';
import { PageHeader } from '../../../web/components/page-links.js';
import { StatusBadge } from '../../../web/components/status-badge.js';
import { moneyText } from '../../../web/format.js';
import type { PageContext } from '../../../web/page-context.js';
import { Shell } from '../../../web/shell.js';
import { localeOf, runsBonds } from '../../contracts/bond-frame.js';
import type { Bond } from '../../contracts/bonds.read.js';
import { PayOutOfBondCard, type RefusedPayment, TakeBackCard } from '../bond-payment-forms.js';
import type { DistributionInputs, WorkedOut } from './distribution.rules.js';
import { sourceNames } from './distribution-words.js';
import type { Distribution } from './distributions.read.js';
import { SharesCard } from './shares-card.js';
import { WorkingCard } from './working-card.js';

export interface DistributionView {
  bond: Bond;
  distribution: Distribution;
  inputs: DistributionInputs;
  result: WorkedOut;
  history: HistoryEvent[];
  today: Day;
  timeZone: string;
}

interface Props {
  page: PageContext;
  view: DistributionView;
  refused?: RefusedPayment;
}

/** A distribution: how it runs down the tiers, what each investor gets, who agrees, and when it was paid. */
export function DistributionPage({ page, view, refused }: Props) {
  const { distribution, bond, inputs, result } = view;
  const locale = localeOf(page);
  const isApproved = distribution.state === 'approved';
  const payment = `/distributions/${distribution.id}`;
  return (
    <Shell page={page}>
      <PageHeader
        title={`Distribution of ${moneyText(distribution.amount, distribution.currency, locale)}`}
        facts={
          <>
            <StatusBadge of="bondPayment" state={distribution.state} />
            <a href={`/bonds/${bond.id}/investors`}>{bond.title}</a>
          </>
        }
      />
      <Columns kind="main">
        <Stack>
          <WorkingCard inputs={inputs} result={result} locale={locale} />
          <SharesCard bondId={bond.id} currency={bond.currency} shares={result.shares} locale={locale} />
        </Stack>
        <Stack>
          {isApproved && page.coalition?.roles.includes('finance') && (
            <PayOutOfBondCard
              page={page}
              home={payment}
              today={view.today}
              from={distribution.asOf}
              refused={refused}
            />
          )}
          <Facts page={page} view={view} />
          {isApproved && runsBonds(page) && <TakeBackCard page={page} home={payment} refused={refused} />}
          <Card title="What happened">
            <History
              events={view.history}
              actions={{
                'distribution.proposed': 'asked for it',
                'distribution.approved': 'approved it',
                'distribution.rejected': 'rejected it',
                'distribution.withdrawn': 'took it back',
                'distribution.paid': 'recorded the payment',
              }}
              fields={{}}
              timeZone={view.timeZone}
              locale={locale}
            />
          </Card>
        </Stack>
      </Columns>
    </Shell>
  );
}

function Facts({ page, view: { distribution, today, timeZone } }: Props) {
  const locale = localeOf(page);
  const money = (minor: bigint) => <Money minor={minor} currency={distribution.currency} locale={locale} />;
  const pairs: [string, ComponentChildren][] = [
    ['For', distribution.reason],
    ['As of', <DayText day={distribution.asOf} today={today} locale={locale} />],
    ['Out of', sourceNames[distribution.source]],
    ['Available', money(distribution.available)],
    ['To investors', money(distribution.forInvestors)],
    ...(distribution.fee > 0n ? [['Fee', money(distribution.fee)] as [string, ComponentChildren]] : []),
    ...(distribution.forProvider > 0n
      ? [['To the provider', money(distribution.forProvider)] as [string, ComponentChildren]]
      : []),
    ['Stays in the bond', money(distribution.forPool + distribution.remaining)],
    ['Asked by', distribution.madeBy],
    ['Asked', <InstantText at={distribution.madeAt} timeZone={timeZone} locale={locale} />],
    ['Approval', <a href={`/approvals/${distribution.approvalId}`}>Who approves it</a>],
  ];
  if (distribution.paidOn !== null) {
    pairs.push(['Paid on', <DayText day={distribution.paidOn} today={today} locale={locale} />]);
    pairs.push(['Bank reference', distribution.bankReference]);
  }
  if (distribution.entryId !== null)
    pairs.push(['Ledger', <a href={`/entries/${distribution.entryId}`}>Its entry</a>]);
  return (
    <Card title="The distribution">
      <KeyValue pairs={pairs} />
    </Card>
  );
}
