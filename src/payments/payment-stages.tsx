import type { ComponentChildren } from 'preact';
import { ActionLink } from '../web/components/actions.js';
import { Card } from '../web/components/card.js';
import { DayText } from '../web/components/dates.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { type Column, Table } from '../web/components/table.js';
import { plural } from '../web/format.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import { amountColumn } from './amounts.js';
import { mostOfStage, type PaymentRunView, type Stage, type UnderWay } from './payment-run.js';

interface Props {
  page: PageContext;
  view: PaymentRunView;
}

const has = (page: PageContext, ...roles: string[]): boolean =>
  page.coalition?.roles.some((role) => roles.includes(role)) ?? false;

/** What is due. Who may ask for its release chooses here what to look at together. */
export function Due({ page, view }: Props) {
  const some = view.underWay.some(({ stage }) => stage === 'due');
  const card = { page, view, stage: 'due', title: 'Due', caption: 'Instalments that are due' } as const;
  const empty =
    'Nothing. Instalments come here at the start of their day, when the pool has the cash for them.';
  if (!some || !has(page, 'finance', 'backbone')) {
    return <StageCard {...card} note="The pool has the cash for these" empty={empty} />;
  }
  return (
    <form method="get" action={`${coalitionPath(view.coalitionId, 'payments')}/release`}>
      <StageCard
        {...card}
        note="The pool has the cash for these. Choose what to release; others approve it."
        empty={empty}
        actions={
          <button class="btn btn-primary" type="submit">
            Look at the chosen together
          </button>
        }
        first={{
          heading: 'Choose',
          kind: 'actions',
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
        }}
      />
    </form>
  );
}

/** What was asked for, and how many have signed. */
export function Proposed({ page, view }: Props) {
  return (
    <StageCard
      page={page}
      view={view}
      stage="proposed"
      title="To approve"
      note="Asked for, waiting for others to agree"
      caption="Payments that wait for approval"
      empty="Nothing. A payment comes here when somebody asks for it."
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
    />
  );
}

/** What the bank is to pay. */
export function Approved({ page, view }: Props) {
  const maySettle = has(page, 'finance');
  return (
    <StageCard
      page={page}
      view={view}
      stage="approved"
      title="To pay"
      note="Approved: pay it at the bank, then record it here"
      caption="Approved payments that the bank is to pay"
      empty="Nothing. An approved payment stays here until its bank reference is recorded."
      last={[
        {
          heading: 'Next',
          kind: 'actions',
          cell: ({ disbursementId }) =>
            maySettle ? (
              <ActionLink small label="Record the payment" href={`/disbursements/${disbursementId}/settle`} />
            ) : (
              <a href={`/disbursements/${disbursementId}`}>Open</a>
            ),
        },
      ]}
    />
  );
}

/** What has come due without the cash for it. */
export function Held({ page, view }: Props) {
  return (
    <StageCard
      page={page}
      view={view}
      stage="held"
      title="Held"
      note="Their day has come, the cash has not: looked at again whenever money arrives"
      caption="Instalments that are held"
      empty="Nothing. Every instalment whose day has come has its cash."
    />
  );
}

interface StageCardProps extends Props {
  stage: Stage;
  title: string;
  note: string;
  caption: string;
  /** What to say when nothing is at this stage. */
  empty: string;
  actions?: ComponentChildren;
  first?: Column<UnderWay>;
  last?: Column<UnderWay>[];
}

function StageCard({
  page,
  view,
  stage,
  title,
  note,
  caption,
  empty,
  actions,
  first,
  last = [],
}: StageCardProps) {
  const locale = page.person?.locale ?? 'en-GB';
  const rows = view.underWay.filter((row) => row.stage === stage);
  const all = view.totals
    .filter((total) => total.stage === stage)
    .reduce((sum, total) => sum + total.count, 0);
  if (all === 0) return <Card id={stage} title={title} note={empty} />;
  const pool: Column<UnderWay> = { heading: 'Pool', wideOnly: true, cell: ({ poolName }) => poolName };
  return (
    <Card id={stage} title={title} note={note} actions={actions} flush>
      <Table
        caption={caption}
        rows={rows}
        rowTone={({ dueOn }) => (stage === 'due' && dueOn < view.today ? 'attention' : undefined)}
        columns={[
          ...(first ? [first] : []),
          { heading: 'To', cell: (row) => <Payee row={row} /> },
          ...(view.pools.length > 1 ? [pool] : []),
          {
            heading: 'Due',
            wideOnly: last.length > 0,
            cell: ({ dueOn }) => <DayText day={dueOn} today={view.today} locale={locale} relative />,
          },
          amountColumn(rows, locale, { withTotal: rows.length === all && all > 1 }),
          ...last,
        ]}
      />
      {all > rows.length && (
        <p class="tb-card-body tb-quiet">
          The {mostOfStage} longest due of {plural(all, 'instalment')} are shown; the others follow as these
          move on.
        </p>
      )}
    </Card>
  );
}

/** Leads to the payment where there is one, to the grant before. */
const Payee = ({ row }: { row: UnderWay }) => (
  <>
    <a href={row.disbursementId ? `/disbursements/${row.disbursementId}` : `/grants/${row.grantId}`}>
      {row.payee}
    </a>
    <span class="tb-under">
      {row.grantReference}, instalment {row.number}
    </span>
    {row.stage === 'held' && (
      <span class="tb-under">
        <StatusBadge
          of="instalment"
          state="held"
          reason={row.holdReasons.map(({ text }) => text).join('; ')}
        />
      </span>
    )}
  </>
);
