import type { EntryRow } from '../../ledger/entries.read.js';
import type { HistoryEvent } from '../../platform/audit/history.js';
import { ActionLink } from '../../web/components/actions.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { DayText, InstantText } from '../../web/components/dates.js';
import { History } from '../../web/components/history.js';
import { KeyValue } from '../../web/components/key-value.js';
import { Money, MoneyCell } from '../../web/components/money.js';
import { PageHeader } from '../../web/components/page-links.js';
import { Notice } from '../../web/components/problem.js';
import { Table } from '../../web/components/table.js';
import { moneyText } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { Shell } from '../../web/shell.js';
import type { NamedEarmark } from '../earmarks.js';
import type { ApplicationRow, ContributionRow } from './contributions.read.js';
import { impliedRate } from './implied-rate.js';
import { entryKindText } from '../journal/document-path.js';
import { localeOf, mayDo } from '../pool-frame.js';
import type { PoolOfPage } from '../pool-view.js';

export interface ContributionView {
  contribution: ContributionRow;
  applications: ApplicationRow[];
  earmark: NamedEarmark | null;
  entries: EntryRow[];
  pool: PoolOfPage;
  history: HistoryEvent[];
}

interface Props {
  page: PageContext;
  view: ContributionView;
}

/** A contribution: what came, what it settled, what was charged on it, and its entries. */
export function ContributionPage({ page, view }: Props) {
  const { contribution, pool } = view;
  const locale = localeOf(page);
  const { amount, currency, funder, reversalReason } = contribution;
  return (
    <Shell page={page}>
      <PageHeader
        title={`${moneyText(amount, currency, locale)} from ${funder}`}
        facts={contribution.bankReference}
      >
        {reversalReason === null && mayDo(page).lock && (
          <ActionLink
            label="Reverse"
            href={`/contributions/${contribution.id}/reverse`}
            icon="arrow-back-up"
          />
        )}
      </PageHeader>
      {reversalReason !== null && (
        <Notice kind="warning" text={`Reversed: ${reversalReason}. It counts no more.`} />
      )}
      <Columns kind="main">
        <Stack>
          <Settled page={page} view={view} />
          <Entries page={page} view={view} />
        </Stack>
        <Stack>
          <Facts page={page} view={view} />
          <Card title="What happened">
            <History
              events={view.history}
              actions={{
                'contribution.received': 'recorded the contribution',
                'contribution.applied': 'changed what it settles',
                'contribution.reversed': 'reversed it',
              }}
              fields={{}}
              timeZone={pool.timeZone}
              locale={locale}
            />
          </Card>
        </Stack>
      </Columns>
    </Shell>
  );
}

function Settled({ page, view: { contribution, applications, pool } }: Props) {
  const locale = localeOf(page);
  const { appliedCurrency } = contribution;
  const money = (minor: bigint) => <MoneyCell minor={minor} currency={appliedCurrency} locale={locale} />;
  const overpaid = contribution.tendered - contribution.applied;
  const isReversed = contribution.reversalReason !== null;
  return (
    <Card
      title="What it settles"
      note={
        overpaid > 0n && applications.length > 0
          ? `${moneyText(overpaid, appliedCurrency, locale)} more than this; it stays in the pool`
          : `In ${appliedCurrency}`
      }
      actions={
        !isReversed &&
        mayDo(page).receive && (
          <ActionLink small label="Change" href={`/contributions/${contribution.id}/apply`} icon="pencil" />
        )
      }
      flush
    >
      <Table
        caption={`Pledge instalments that the contribution settles, in ${appliedCurrency}`}
        rows={applications}
        rowHref={({ pledgeId }) => `/pledges/${pledgeId}`}
        empty={{
          icon: 'signature',
          title: isReversed ? 'It settles nothing any more' : 'It settles no pledge',
          text: isReversed
            ? 'The instalments it had settled are open again.'
            : 'The money is in the pool all the same. It can settle what the funder pledges later.',
        }}
        columns={[
          {
            heading: 'Pledge',
            cell: ({ reference, number }) => `${reference}, instalment ${number}`,
            foot: 'Total',
          },
          {
            heading: 'Due',
            cell: ({ dueOn }) => <DayText day={dueOn} today={pool.today} locale={locale} />,
          },
          {
            heading: 'Settled',
            kind: 'number',
            cell: ({ amount }) => money(amount),
            foot: money(contribution.applied),
          },
        ]}
      />
    </Card>
  );
}

function Entries({ page, view: { entries, contribution, pool } }: Props) {
  const locale = localeOf(page);
  const money = (minor: bigint) =>
    minor === 0n ? null : <MoneyCell minor={minor} currency={contribution.currency} locale={locale} />;
  return (
    <Card title="In the ledger" note={`In ${contribution.currency}`} flush>
      <Table
        caption={`Entries of the contribution, in ${contribution.currency}`}
        rows={entries}
        rowHref={({ id }) => `/entries/${id}`}
        columns={[
          { heading: 'Entry', cell: ({ kind }) => entryKindText(kind) },
          {
            heading: 'Date',
            cell: ({ occurredOn }) => <DayText day={occurredOn} today={pool.today} locale={locale} />,
          },
          { heading: 'Cash', kind: 'number', cell: ({ cash }) => money(cash) },
          { heading: 'Fund balance', kind: 'number', cell: ({ fundBalance }) => money(fundBalance) },
          {
            heading: 'Fees payable',
            kind: 'number',
            wideOnly: true,
            cell: ({ feesPayable }) => money(feesPayable),
          },
        ]}
      />
    </Card>
  );
}

function Facts({ page, view: { contribution, earmark, pool } }: Props) {
  const locale = localeOf(page);
  const { amount, fee, applied, appliedCurrency, currency, receivedOn, recordedAt } = contribution;
  const { paidAmount, paidCurrency } = contribution;
  const money = (minor: bigint, of = currency) => <Money minor={minor} currency={of} locale={locale} />;
  return (
    <Card title="The contribution">
      <KeyValue
        pairs={[
          ['Funder', <a href={`/organisations/${contribution.funderId}`}>{contribution.funder}</a>],
          ['Received', <DayText day={receivedOn} today={pool.today} locale={locale} relative />],
          ['Amount', money(amount)],
          ...(paidAmount === null || paidCurrency === null
            ? []
            : ([
                ['Paid as', money(paidAmount, paidCurrency)],
                ['Implied rate', impliedRate(amount, currency, paidAmount, paidCurrency)],
              ] as const)),
          ['Fee to the host', money(fee)],
          ['Into the fund', money(amount - fee)],
          ['Settles pledges', money(applied, appliedCurrency)],
          ['Restricted to', earmark === null ? 'Nothing' : <a href={earmark.href}>{earmark.name}</a>],
          ['Pool', <a href={`/pools/${pool.id}`}>{pool.name}</a>],
          ['Recorded', <InstantText at={recordedAt} timeZone={pool.timeZone} locale={locale} />],
        ]}
      />
    </Card>
  );
}
