import { Card } from '../web/components/card.js';
import { DayText } from '../web/components/dates.js';
import { Money } from '../web/components/money.js';
import { PageHeader, Tabs } from '../web/components/page-links.js';
import { Stat, StatRow } from '../web/components/stat.js';
import { type Column, Table } from '../web/components/table.js';
import { ActionLink } from '../web/components/actions.js';
import { dayText, plural } from '../web/format.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import { amountColumn, totalText } from './amounts.js';
import type { PaymentRunView, RunPool, Stage } from './payment-run.js';
import { Approved, Batched, Due, Held, Proposed } from './payment-stages.js';

interface Props {
  page: PageContext;
  view: PaymentRunView;
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

/** The way of money out, stage by stage: what is due, what waits for approvers, what the bank is to pay, what it paid. */
export function PaymentRunPage({ page, view }: Props) {
  return (
    <Shell page={page}>
      <PageHeader title="Payments" facts="From due to paid: two people release every payment">
        <ActionLink
          label="Who signs in whose stead"
          href={`/coalitions/${view.coalitionId}/delegations`}
          icon="signature"
        />
        {page.needsMe > 0 && (
          <ActionLink
            label={`Decide on ${plural(page.needsMe, 'request')}`}
            href="/approvals"
            icon="checks"
            weight="primary"
          />
        )}
      </PageHeader>
      <PaymentTabs coalitionId={view.coalitionId} current="run" />
      <Stages page={page} view={view} />
      <Due page={page} view={view} />
      <Proposed page={page} view={view} />
      <Approved page={page} view={view} />
      <Batched page={page} view={view} />
      <Held page={page} view={view} />
      <Pools page={page} view={view} />
      <Settled page={page} view={view} />
    </Shell>
  );
}

interface TabsProps {
  coalitionId: string;
  current: 'run' | 'batches' | 'bank' | 'all';
}

export function PaymentTabs({ coalitionId, current }: TabsProps) {
  const run = coalitionPath(coalitionId, 'payments');
  const hrefs = { run, batches: `${run}/batches`, bank: `${run}/bank`, all: `${run}/all` };
  return (
    <Tabs
      label="Payments"
      current={hrefs[current]}
      tabs={[
        { label: 'Under way', href: hrefs.run },
        { label: 'Batches', href: hrefs.batches },
        { label: 'Bank', href: hrefs.bank },
        { label: 'All payments', href: hrefs.all },
      ]}
    />
  );
}

const stages: readonly {
  stage: Stage;
  label: string;
  note: string;
  tone?: 'warning';
  onlyWhenSome?: boolean;
}[] = [
  { stage: 'due', label: 'Due', note: 'to be asked for' },
  { stage: 'proposed', label: 'To approve', note: 'asked for' },
  { stage: 'approved', label: 'Approved', note: 'to go into a batch' },
  { stage: 'batched', label: 'In a batch', note: 'to be released' },
  { stage: 'released', label: 'File', note: 'to go to the bank' },
  { stage: 'sent', label: 'At the bank', note: 'to be matched' },
  { stage: 'held', label: 'Held', note: 'cannot be paid yet', tone: 'warning', onlyWhenSome: true },
];

function Stages({ page, view }: Props) {
  return (
    <StatRow label="What is under way">
      {stages.map(({ stage, label, note, tone, onlyWhenSome }) => {
        const found = view.totals.filter((total) => total.stage === stage);
        const count = found.reduce((sum, total) => sum + total.count, 0);
        if (onlyWhenSome && count === 0) return null;
        return (
          <Stat
            label={label}
            href={`#${stage}`}
            value={count === 0 ? '–' : totalText(found, localeOf(page))}
            note={count === 0 ? 'nothing' : `${plural(count, 'instalment')}, ${note}`}
            tone={count > 0 ? tone : undefined}
          />
        );
      })}
    </StatRow>
  );
}

function Pools({ page, view }: Props) {
  const locale = localeOf(page);
  return (
    <Card title="What the pool can pay" flush>
      <Table
        caption="What each pool can pay out today"
        rows={view.pools}
        rowHref={({ id }) => `/pools/${id}`}
        empty={{
          icon: 'droplet',
          title: 'There is no pool yet',
          text: 'Payments come from a pool. Open one, and let funders pledge to it.',
        }}
        columns={[
          { heading: 'Pool', cell: ({ name }) => name },
          { heading: 'Bank', wideOnly: true, cell: ({ id }) => <a href={`/pools/${id}/bank`}>Statements</a> },
          moneyOfPool('Cash', ({ position }) => position.cash, locale, true),
          moneyOfPool('Fees owed', ({ position }) => position.feesPayable, locale, true),
          moneyOfPool(
            'Restricted',
            ({ position }) => position.fundBalances - position.unearmarked,
            locale,
            true,
          ),
          moneyOfPool('Approved, not settled', ({ position }) => position.approvedUnsettled, locale, true),
          moneyOfPool('Reserve', ({ position }) => position.reserve, locale, true),
          moneyOfPool('Available to pay out', ({ position }) => position.availableToDisburse, locale),
          {
            heading: 'Locked through',
            wideOnly: true,
            cell: ({ id, lockedThrough }) =>
              lockedThrough === null ? (
                <span class="tb-quiet">open</span>
              ) : (
                <>
                  {dayText(lockedThrough, locale)}{' '}
                  {page.coalition?.roles.includes('finance') && <a href={`/pools/${id}/unlock`}>move back</a>}
                </>
              ),
          },
        ]}
      />
    </Card>
  );
}

const moneyOfPool = (
  heading: string,
  minor: (pool: RunPool) => bigint,
  locale: string,
  wideOnly = false,
): Column<RunPool> => ({
  heading,
  kind: 'number',
  wideOnly,
  cell: (pool) => <Money minor={minor(pool)} currency={pool.currency} locale={locale} />,
});

function Settled({ page, view }: Props) {
  const locale = localeOf(page);
  return (
    <Card
      id="settled"
      title="Paid lately"
      actions={
        <ActionLink small label="All payments" href={`${coalitionPath(view.coalitionId, 'payments')}/all`} />
      }
      flush
    >
      <Table
        caption="Payments that the bank has made, newest first"
        rows={view.settled}
        rowHref={({ id }) => `/disbursements/${id}`}
        empty={{
          icon: 'building-bank',
          title: 'Nothing was paid yet',
          text: 'Payments that the bank has made stand here with their bank reference, and whose money it was.',
        }}
        columns={[
          { heading: 'To', cell: ({ payee }) => payee },
          {
            heading: 'Grant',
            wideOnly: true,
            cell: ({ grantReference, instalmentNumber }) =>
              `${grantReference}, instalment ${instalmentNumber}`,
          },
          {
            heading: 'Paid',
            cell: ({ paidOn }) => paidOn && <DayText day={paidOn} today={view.today} locale={locale} />,
          },
          { heading: 'Bank reference', wideOnly: true, cell: ({ bankReference }) => bankReference },
          amountColumn(view.settled, locale, { withTotal: false }),
        ]}
      />
    </Card>
  );
}
