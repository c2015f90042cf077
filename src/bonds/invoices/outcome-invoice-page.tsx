import type { Day } from '../../maths/day.js';
import { formatAmount } from '../../maths/money.js';
import type { HistoryEvent } from '../../platform/audit/history.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { CardsOfLaterRooms } from '../../web/components/cards-of-later-rooms.js';
import { DayText } from '../../web/components/dates.js';
import { History } from '../../web/components/history.js';
import { KeyValue } from '../../web/components/key-value.js';
import { Money, MoneyCell } from '../../web/components/money.js';
import { PageHeader } from '../../web/components/page-links.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { AmountField, DayField, TextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { moneyText } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import { localeOf } from '../contracts/bond-frame.js';
import type { Bond } from '../contracts/bonds.read.js';
import { CancelCard, CancellationsCard } from './cancellations/cancellation-card.js';
import type { OutcomeCancellation } from './cancellations/cancellations.read.js';
import { openOf } from './invoice.rules.js';
import type { OutcomeInvoice, OutcomeReceipt } from './invoices.read.js';

export interface InvoiceView {
  bond: Bond;
  invoice: OutcomeInvoice;
  /** "Claim 3"; null of a suspension’s schedule. */
  claim: string | null;
  receipts: OutcomeReceipt[];
  cancellations: OutcomeCancellation[];
  history: HistoryEvent[];
  today: Day;
  timeZone: string;
}

/** What was refused, and by which form of the page. */
export type RefusedInvoice = Refusal & { of: 'receive' | 'cancel' };

interface Props {
  page: PageContext;
  view: InvoiceView;
  refused?: RefusedInvoice;
}

/** An invoice to a payer of a bond: what it is for, what has come of it, what was cancelled, and what is still open. */
export function OutcomeInvoicePage({ page, view, refused }: Props) {
  const { invoice, bond, cancellations, history, today, timeZone } = view;
  const locale = localeOf(page);
  const isLate = invoice.dueOn < today && openOf(invoice) > 0n;
  return (
    <Shell page={page}>
      <PageHeader
        title={`Invoice ${invoice.reference}: ${moneyText(invoice.amount, invoice.currency, locale)}`}
        facts={
          <>
            <StatusBadge of="outcomeInvoice" state={isLate ? 'late' : invoice.state} />
            <a href={`/organisations/${invoice.payerId}`}>{invoice.payer}</a>
            <a href={`/bonds/${bond.id}/payers`}>{bond.title}</a>
          </>
        }
      />
      <Columns kind="main">
        <Stack>
          <Receipts page={page} view={view} />
          <Record page={page} view={view} refused={refused} />
          <CancellationsCard page={page} invoice={invoice} cancellations={cancellations} today={today} />
        </Stack>
        <Stack>
          <Facts page={page} view={view} />
          <CancelCard
            page={page}
            invoice={invoice}
            cancellations={cancellations}
            today={today}
            refusal={refused?.of === 'cancel' ? refused : undefined}
          />
          <Card title="What happened">
            <History
              events={history}
              actions={{
                'outcomeInvoice.issued': 'issued it',
                'outcomeInvoice.paid': 'recorded a receipt',
                'outcomeInvoice.receiptReversed': 'reversed a receipt',
                'outcomeInvoice.cancellationProposed': 'asked to cancel what is open',
                'outcomeInvoice.cancelled': 'approved the cancellation',
                'outcomeInvoice.cancellationRejected': 'rejected the cancellation',
              }}
              fields={{}}
              timeZone={timeZone}
              locale={locale}
            />
          </Card>
          <CardsOfLaterRooms page={page} />
        </Stack>
      </Columns>
    </Shell>
  );
}

function Facts({ page, view: { invoice, claim, today } }: Props) {
  const locale = localeOf(page);
  const day = (on: Day, relative = false) => (
    <DayText day={on} today={today} locale={locale} relative={relative} />
  );
  const money = (minor: bigint) => <Money minor={minor} currency={invoice.currency} locale={locale} />;
  return (
    <Card title="The invoice">
      <KeyValue
        pairs={[
          [
            'For',
            claim === null ? (
              <a href={`/bonds/${invoice.bondId}`}>the schedule of a suspension</a>
            ) : (
              <a href={`/claims/${invoice.sourceId}`}>{claim}</a>
            ),
          ],
          ['Issued', day(invoice.issuedOn)],
          ['Due', day(invoice.dueOn, openOf(invoice) > 0n)],
          ['Amount', money(invoice.amount)],
          ['Received', money(invoice.received)],
          ['Cancelled', invoice.cancelled > 0n && money(invoice.cancelled)],
          ['Open', money(openOf(invoice))],
          ['Ledger', <a href={`/entries/${invoice.entryId}`}>Its entry</a>],
        ]}
      />
    </Card>
  );
}

function Receipts({ page, view: { invoice, receipts, today } }: Props) {
  const locale = localeOf(page);
  const money = (minor: bigint) => <MoneyCell minor={minor} currency={invoice.currency} locale={locale} />;
  return (
    <Card title="What has come" note={`In ${invoice.currency}`} flush>
      <Table
        caption={`Receipts of invoice ${invoice.reference}`}
        rows={receipts}
        rowHref={({ id }) => `/outcome-receipts/${id}`}
        rowTone={({ reversalReason }) => (reversalReason === null ? undefined : 'muted')}
        empty={{
          icon: 'cash',
          title: openOf(invoice) === 0n ? 'Nothing came' : 'Nothing has come yet',
          text:
            openOf(invoice) === 0n
              ? 'It was cancelled before anything was paid.'
              : `Payers name ${invoice.reference} with the payment: the line of the bank finds its invoice by it.`,
        }}
        columns={[
          {
            heading: 'Received on',
            cell: ({ receivedOn }) => <DayText day={receivedOn} today={today} locale={locale} />,
            foot: 'Received',
          },
          {
            heading: 'Bank reference',
            cell: ({ bankReference, reversalReason }) => (
              <>
                {bankReference}
                {reversalReason !== null && <span class="tb-under">reversed: {reversalReason}</span>}
              </>
            ),
          },
          { heading: 'Recorded by', wideOnly: true, cell: ({ recordedBy }) => recordedBy },
          {
            heading: 'Amount',
            kind: 'number',
            cell: ({ amount }) => money(amount),
            foot: money(invoice.received),
          },
        ]}
      />
    </Card>
  );
}

/** Only for a finance officer, and while something is open. */
function Record({ page, view: { invoice, today }, refused }: Props) {
  const refusal = refused?.of === 'receive' ? refused : undefined;
  const open = openOf(invoice);
  if (open === 0n || !page.coalition?.roles.includes('finance')) return null;
  return (
    <Card title="Record a receipt" note="What has come on the bank account, whole or a part">
      <Form
        action={`/outcome-invoices/${invoice.id}/receipts`}
        csrf={page.csrf}
        locale={localeOf(page)}
        idempotencyKey={newIdempotencyKey()}
        values={refusal?.values ?? { amount: formatAmount(open, invoice.currency), receivedOn: today }}
        errors={refusal?.errors}
        detail={refusal?.detail}
        submit="Record the receipt"
      >
        <AmountField name="amount" label="Amount" currency={invoice.currency} />
        <DayField name="receivedOn" label="Received on" min={invoice.issuedOn} max={today} />
        <TextField
          name="bankReference"
          label="Bank reference"
          maxLength={140}
          autocomplete="off"
          help="As it stands on the bank statement. Each is recorded once for an invoice."
        />
      </Form>
    </Card>
  );
}
