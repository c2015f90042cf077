import type { Day } from '../../../maths/day.js';
import { Card } from '../../../web/components/card.js';
import { DayText } from '../../../web/components/dates.js';
import { MoneyCell } from '../../../web/components/money.js';
import { Notice } from '../../../web/components/problem.js';
import { StatusBadge } from '../../../web/components/status-badge.js';
import { Table } from '../../../web/components/table.js';
import { DayField, LongTextField } from '../../../web/forms/fields.js';
import { Form } from '../../../web/forms/form.js';
import { moneyText } from '../../../web/format.js';
import type { PageContext } from '../../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../../web/pages.js';
import { localeOf, runsBonds } from '../../contracts/bond-frame.js';
import { openOf } from '../invoice.rules.js';
import type { OutcomeInvoice } from '../invoices.read.js';
import type { OutcomeCancellation } from './cancellations.read.js';

interface Props {
  page: PageContext;
  invoice: OutcomeInvoice;
  cancellations: readonly OutcomeCancellation[];
  today: Day;
  refusal?: Refusal;
}

/** What was asked to be cancelled of an invoice, by whom and why, and what others decided. */
export function CancellationsCard({ page, invoice, cancellations, today }: Omit<Props, 'refusal'>) {
  if (cancellations.length === 0) return null;
  const locale = localeOf(page);
  return (
    <Card title="Cancellation" note={`In ${invoice.currency}. What has come stays.`} flush>
      <Table<OutcomeCancellation>
        caption={`Cancellations of invoice ${invoice.reference}`}
        rows={cancellations}
        rowHref={({ approvalId }) => `/approvals/${approvalId}`}
        rowTone={({ state }) => (state === 'rejected' ? 'muted' : undefined)}
        columns={[
          {
            heading: 'Why',
            cell: ({ reason, madeBy, occurredOn }) => (
              <>
                {reason}
                <span class="tb-under">
                  {madeBy}, as of <DayText day={occurredOn} today={today} locale={locale} />
                </span>
              </>
            ),
          },
          { heading: 'State', cell: ({ state }) => <StatusBadge of="outcomeCancellation" state={state} /> },
          {
            heading: 'Amount',
            kind: 'number',
            cell: ({ amount }) => <MoneyCell minor={amount} currency={invoice.currency} locale={locale} />,
          },
          {
            heading: 'Ledger',
            wideOnly: true,
            cell: ({ entryId }) => entryId !== null && <a href={`/entries/${entryId}`}>Its entry</a>,
          },
        ]}
      />
    </Card>
  );
}

/** Only for those who run the bond, while something is open. One request waits at a time. */
export function CancelCard({ page, invoice, cancellations, today, refusal }: Props) {
  const open = openOf(invoice);
  if (open === 0n || !runsBonds(page)) return null;
  const waiting = cancellations.find(({ state }) => state === 'proposed');
  return (
    <Card title="Cancel what is open" note="Others approve it; what has come stays">
      {waiting ? (
        <Notice text="A cancellation of this invoice waits for approval." />
      ) : (
        <Form
          action={`/outcome-invoices/${invoice.id}/cancellations`}
          csrf={page.csrf}
          locale={localeOf(page)}
          idempotencyKey={newIdempotencyKey()}
          values={refusal?.values ?? { occurredOn: today }}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit={`Ask to cancel ${moneyText(open, invoice.currency, localeOf(page))}`}
          plain
        >
          <LongTextField
            name="reason"
            label="Why"
            rows={2}
            maxLength={500}
            help="No cap gets room back: the outcomes were verified, whoever pays for them."
          />
          <DayField name="occurredOn" label="Date of the cancellation" min={invoice.issuedOn} max={today} />
        </Form>
      )}
    </Card>
  );
}
