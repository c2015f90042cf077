import type { ComponentChildren } from 'preact';
import type { Day } from '../maths/day.js';
import { Card, Columns } from '../web/components/card.js';
import { DayText, InstantText } from '../web/components/dates.js';
import { KeyValue } from '../web/components/key-value.js';
import { PageHeader } from '../web/components/page-links.js';
import { Notice } from '../web/components/problem.js';
import { DayField, LongTextField } from '../web/forms/fields.js';
import { Form } from '../web/forms/form.js';
import type { PageContext } from '../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../web/pages.js';
import { Shell } from '../web/shell.js';
import { localeOf } from './contracts/bond-frame.js';

/** Money that a bond has received: of a payer, or of an investor. */
export interface Receipt {
  id: string;
  receivedOn: Day;
  bankReference: string;
  entryId: string;
  recordedBy: string | null;
  recordedById: string | null;
  recordedAt: Date;
  reversalReason: string | null;
}

export interface ReceiptView<Received extends Receipt> {
  receipt: Received;
  personId: string | undefined;
  today: Day;
  timeZone: string;
}

interface Props {
  page: PageContext;
  view: ReceiptView<Receipt>;
  refusal?: Refusal;
  /** "Outcome payment of £1,200.00" */
  title: string;
  /** "The payment" */
  cardTitle: string;
  /** What it was received for: "Invoice", and the way there. */
  of: { label: string; reference: string; href: string };
  /** Whose money it is. */
  from: ComponentChildren;
  /** What follows of its reversal: "What it paid is open again." */
  afterReversal: string;
  /** Where the form goes that takes it back. */
  reverseAction: string;
}

/** What has come to a bond: its entry, who recorded it, and the way to take it back. */
export function ReceiptPage({
  page,
  view,
  refusal,
  title,
  cardTitle,
  of,
  from,
  afterReversal,
  reverseAction,
}: Props) {
  const { receipt, today, timeZone } = view;
  const locale = localeOf(page);
  return (
    <Shell page={page}>
      <PageHeader
        title={title}
        facts={
          <>
            <span>{receipt.bankReference}</span>
            <a href={of.href}>
              {of.label.toLowerCase()} {of.reference}
            </a>
            {from}
          </>
        }
      />
      {receipt.reversalReason !== null && (
        <Notice kind="warning" text={`Reversed: ${receipt.reversalReason}. ${afterReversal}`} />
      )}
      <Columns kind="main">
        <Card title={cardTitle}>
          <KeyValue
            pairs={[
              [of.label, <a href={of.href}>{of.reference}</a>],
              ['Received on', <DayText day={receipt.receivedOn} today={today} locale={locale} relative />],
              ['Recorded by', receipt.recordedBy],
              ['Recorded', <InstantText at={receipt.recordedAt} timeZone={timeZone} locale={locale} />],
              ['Ledger', <a href={`/entries/${receipt.entryId}`}>Its entry</a>],
            ]}
          />
        </Card>
        <Reverse page={page} view={view} refusal={refusal} action={reverseAction} />
      </Columns>
    </Shell>
  );
}

/** Only for who may reverse it: a finance officer, and another than who recorded it. */
function Reverse({
  page,
  view: { receipt, personId, today },
  refusal,
  action,
}: Pick<Props, 'page' | 'view' | 'refusal'> & { action: string }) {
  if (receipt.reversalReason !== null || !page.coalition?.roles.includes('finance')) return null;
  return (
    <Card title="Reverse it" note="By somebody else than who recorded it">
      {receipt.recordedById === personId ? (
        <Notice text="You recorded this receipt, so somebody else must reverse it." />
      ) : (
        <Form
          action={action}
          csrf={page.csrf}
          locale={localeOf(page)}
          idempotencyKey={newIdempotencyKey()}
          values={refusal?.values ?? { occurredOn: today }}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Reverse the receipt"
          plain
        >
          <LongTextField name="reason" label="Why" rows={2} maxLength={500} />
          <DayField name="occurredOn" label="Date of the reversal" min={receipt.receivedOn} max={today} />
        </Form>
      )}
    </Card>
  );
}
