import type { Day } from '../maths/day.js';
import type { ComponentChildren } from 'preact';
import { Card } from '../web/components/card.js';
import { DayText } from '../web/components/dates.js';
import { Money } from '../web/components/money.js';
import { PageHeader, Tabs } from '../web/components/page-links.js';
import { Stat, StatRow } from '../web/components/stat.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { type Column, Table } from '../web/components/table.js';
import { ActionLink } from '../web/components/actions.js';
import { dayText, plural } from '../web/format.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import { amountColumn, totalText } from './amounts.js';
import type { Disbursement } from './disbursements.read.js';
import { mostOfStage, type RunPool, type Stage, type StageTotal, type UnderWay } from './payment-run.js';

export interface PaymentRunView {
  coalitionId: string;
  pools: RunPool[];
  underWay: UnderWay[];
  totals: StageTotal[];
  settled: Disbursement[];
  today: Day;
}

interface Props {
  page: PageContext;
  view: PaymentRunView;
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';
const mayAsk = (page: PageContext): boolean =>
  page.coalition?.roles.some((role) => role === 'finance' || role === 'backbone') ?? false;

/** The way of money out, stage by stage: what is due, what waits for approvers, what the bank is to pay, what it paid. */
export function PaymentRunPage({ page, view }: Props) {
  return (
    <Shell page={page}>
      <PageHeader title="Payments" facts="From due to paid: two people release every payment">
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
      <Pools page={page} view={view} />
      <Due page={page} view={view} />
      <Proposed page={page} view={view} />
      <Approved page={page} view={view} />
      <Held page={page} view={view} />
      <Settled page={page} view={view} />
    </Shell>
  );
}

export function PaymentTabs({ coalitionId, current }: { coalitionId: string; current: 'run' | 'all' }) {
  const run = coalitionPath(coalitionId, 'payments');
  const all = `${run}/all`;
  return (
    <Tabs
      label="Payments"
      current={current === 'run' ? run : all}
      tabs={[
        { label: 'Under way', href: run },
        { label: 'All payments', href: all },
      ]}
    />
  );
}

const stages: readonly { stage: Stage; label: string; note: string; tone?: 'warning' }[] = [
  { stage: 'due', label: 'Due', note: 'to be asked for' },
  { stage: 'proposed', label: 'To approve', note: 'asked for' },
  { stage: 'approved', label: 'To pay', note: 'approved, at the bank' },
  { stage: 'held', label: 'Held', note: 'short of cash', tone: 'warning' },
];

function Stages({ page, view }: Props) {
  return (
    <StatRow label="What is under way">
      {stages.map(({ stage, label, note, tone }) => {
        const found = view.totals.filter((total) => total.stage === stage);
        const count = found.reduce((sum, total) => sum + total.count, 0);
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
          moneyOfPool('Cash', ({ position }) => position.cash, locale, true),
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

/** The rows of a stage, with the columns they share. */
function StageTable({
  page,
  view,
  stage,
  caption,
  first,
  last = [],
  empty,
}: Props & {
  stage: Stage;
  caption: string;
  first?: Column<UnderWay>;
  last?: Column<UnderWay>[];
  empty: { title: string; text: string };
}) {
  const locale = localeOf(page);
  const rows = view.underWay.filter((row) => row.stage === stage);
  const all = view.totals
    .filter((total) => total.stage === stage)
    .reduce((sum, total) => sum + total.count, 0);
  return (
    <>
      <Table
        caption={caption}
        rows={rows}
        rowTone={({ dueOn }) => (stage === 'due' && dueOn < view.today ? 'attention' : undefined)}
        empty={{ icon: 'circle-check', ...empty }}
        columns={[
          ...(first ? [first] : []),
          {
            heading: 'To',
            cell: ({ payee, grantId, grantReference, number }) => (
              <>
                <a href={`/grants/${grantId}`}>{payee}</a>
                <span class="tb-under">
                  {grantReference}, instalment {number}
                </span>
              </>
            ),
          },
          ...(view.pools.length > 1
            ? [{ heading: 'Pool', wideOnly: true, cell: ({ poolName }: UnderWay) => poolName }]
            : []),
          {
            heading: 'Due',
            cell: ({ dueOn }) => <DayText day={dueOn} today={view.today} locale={locale} relative />,
          },
          amountColumn(rows, locale, { withTotal: rows.length === all }),
          ...last,
        ]}
      />
      {all > rows.length && (
        <p class="tb-card-body tb-quiet">
          The {mostOfStage} longest due of {plural(all, 'instalment')} are shown; the others follow as these
          move on.
        </p>
      )}
    </>
  );
}

function Due({ page, view }: Props) {
  const asks = mayAsk(page);
  const some = view.underWay.some(({ stage }) => stage === 'due');
  const table = (
    <StageTable
      page={page}
      view={view}
      stage="due"
      caption="Instalments that are due"
      first={
        asks
          ? {
              heading: 'Choose',
              cell: ({ instalmentId, payee, number }) => (
                <input
                  class="form-check-input"
                  type="checkbox"
                  name="instalmentIds"
                  value={instalmentId}
                  checked
                  aria-label={`Instalment ${number} of ${payee}`}
                />
              ),
            }
          : undefined
      }
      empty={{
        title: 'Nothing is due',
        text: 'Instalments come here at the start of their day, when the pool has the cash for them.',
      }}
    />
  );
  if (!asks || !some) {
    return (
      <Card id="due" title="Due" note="The pool has the cash for these" flush>
        {table}
      </Card>
    );
  }
  return (
    <form method="get" action={`${coalitionPath(view.coalitionId, 'payments')}/release`}>
      <Card
        id="due"
        title="Due"
        note="The pool has the cash for these. Choose what to release; others approve it."
        actions={
          <button class="btn btn-primary" type="submit">
            Look at the chosen together
          </button>
        }
        flush
      >
        {table}
      </Card>
    </form>
  );
}

function Proposed({ page, view }: Props) {
  return (
    <Card id="proposed" title="To approve" note="Asked for, waiting for others to agree" flush>
      <StageTable
        page={page}
        view={view}
        stage="proposed"
        caption="Payments that wait for approval"
        last={[
          { heading: 'Asked by', wideOnly: true, cell: ({ madeByName }) => madeByName },
          {
            heading: 'Approved by',
            cell: ({ approvalId, given, required }) => (
              <a href={`/approvals/${approvalId}`}>
                {given} of {required}
              </a>
            ),
          },
        ]}
        empty={{
          title: 'Nothing waits for approval',
          text: 'A payment comes here when somebody asks for it.',
        }}
      />
    </Card>
  );
}

function Approved({ page, view }: Props) {
  const maySettle = page.coalition?.roles.includes('finance') ?? false;
  return (
    <Card id="approved" title="To pay" note="Approved: pay at the bank, then record it" flush>
      <StageTable
        page={page}
        view={view}
        stage="approved"
        caption="Approved payments that the bank is to pay"
        last={[
          {
            heading: 'Next',
            kind: 'actions',
            cell: ({ disbursementId }) =>
              maySettle ? (
                <ActionLink
                  small
                  label="Record the payment"
                  href={`/disbursements/${disbursementId}/settle`}
                />
              ) : (
                <a href={`/disbursements/${disbursementId}`}>Open</a>
              ),
          },
        ]}
        empty={{
          title: 'Nothing waits for the bank',
          text: 'An approved payment stays here until its bank reference is recorded.',
        }}
      />
    </Card>
  );
}

function Held({ page, view }: Props) {
  return (
    <Card
      id="held"
      title="Held"
      note="Their day has come, the cash has not: looked at again whenever money arrives"
      flush
    >
      <StageTable
        page={page}
        view={view}
        stage="held"
        caption="Instalments that are held"
        last={[
          {
            heading: 'Why',
            cell: ({ holdReasons }): ComponentChildren => (
              <StatusBadge
                of="instalment"
                state="held"
                reason={holdReasons.map(({ text }) => text).join('; ')}
              />
            ),
          },
        ]}
        empty={{ title: 'Nothing is held', text: 'Every instalment whose day has come has its cash.' }}
      />
    </Card>
  );
}

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
