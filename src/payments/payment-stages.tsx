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
        first={chooser('instalmentIds', ({ instalmentId }) => instalmentId)}
        last={[partOfIt]}
      />
    </form>
  );
}

/** A tick in front of each row: all are chosen until somebody takes one out. */
const chooser = (name: string, value: (row: UnderWay) => string): Column<UnderWay> => ({
  heading: 'Choose',
  kind: 'actions',
  cell: (row) => (
    <input
      class="form-check-input"
      type="checkbox"
      name={name}
      value={value(row)}
      checked
      aria-label={`Instalment ${row.number} of ${row.payee}`}
    />
  ),
});

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

/** What others have agreed to: gathered into a batch for the bank, pool by pool, or paid and recorded one by one. */
export function Approved({ page, view }: Props) {
  const isFinance = has(page, 'finance');
  const pools = view.pools.filter(({ id }) =>
    view.underWay.some(({ stage, poolId }) => stage === 'approved' && poolId === id),
  );
  const card = {
    page,
    view,
    stage: 'approved',
    title: 'Approved',
    caption: 'Approved payments that are in no batch',
    empty: 'Nothing. A payment comes here when enough people have approved it.',
  } as const;
  if (!isFinance || pools.length === 0) {
    return <StageCard {...card} note="To go into a batch, and with it to the bank" />;
  }
  const last: Column<UnderWay>[] = [
    {
      heading: 'Next',
      kind: 'actions',
      cell: ({ disbursementId }) => (
        <ActionLink small label="Record as paid" href={`/disbursements/${disbursementId}/settle`} />
      ),
    },
  ];
  return (
    <>
      {pools.map(({ id, name }) => (
        <form method="get" action={`/pools/${id}/payment-batches/new`}>
          <StageCard
            {...card}
            of={id}
            title={pools.length > 1 ? `Approved, ${name}` : 'Approved'}
            note="Choose what goes to the bank in one file; a second person releases it."
            actions={
              <button class="btn btn-primary" type="submit">
                Make a batch of the chosen
              </button>
            }
            first={chooser('disbursementIds', ({ disbursementId }) => disbursementId ?? '')}
            last={last}
          />
        </form>
      ))}
    </>
  );
}

/** What is in a batch: waiting for its release, as a file, or at the bank. */
export function Batched({ page, view }: Props) {
  const stages = [
    { stage: 'batched', title: 'In a batch', note: 'A second person is to release it' },
    { stage: 'released', title: 'File', note: 'Released: download the file, and give it to the bank' },
    { stage: 'sent', title: 'At the bank', note: 'Sent: matched when the statement shows it as paid' },
  ] as const;
  const last: Column<UnderWay>[] = [
    {
      heading: 'Batch',
      cell: ({ batchId, batchNumber }) => <a href={`/payment-batches/${batchId}`}>Batch {batchNumber}</a>,
    },
  ];
  return (
    <>
      {stages
        .filter(({ stage }) => view.underWay.some((row) => row.stage === stage))
        .map((each) => (
          <StageCard page={page} view={view} {...each} caption={each.title} empty="" last={last} />
        ))}
    </>
  );
}

/** The way to paying what there is cash for, or what was agreed; not where a condition or a suspension holds it. */
const partOfIt: Column<UnderWay> = {
  heading: 'Next',
  kind: 'actions',
  wideOnly: true,
  cell: ({ instalmentId, holdReasons }) =>
    holdReasons.every(({ code }) => code === 'cashShort') && (
      <ActionLink small label="Release a part" href={`/instalments/${instalmentId}/release-part`} />
    ),
};

/** What has come due without the cash for it, or waits for a condition. */
export function Held({ page, view }: Props) {
  return (
    <StageCard
      page={page}
      view={view}
      stage="held"
      title="Held"
      note="Their day has come, but not the cash, or not what was agreed: looked at again when either does"
      caption="Instalments that are held"
      empty="Nothing. Every instalment whose day has come can be paid."
      last={has(page, 'finance', 'backbone') ? [partOfIt] : []}
    />
  );
}

interface StageCardProps extends Props {
  stage: Stage;
  /** Of this pool only. */
  of?: string;
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
  of,
  title,
  note,
  caption,
  empty,
  actions,
  first,
  last = [],
}: StageCardProps) {
  const locale = page.person?.locale ?? 'en-GB';
  const rows = view.underWay.filter((row) => row.stage === stage && (of === undefined || row.poolId === of));
  const all = view.totals
    .filter((total) => total.stage === stage && (of === undefined || total.poolId === of))
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
