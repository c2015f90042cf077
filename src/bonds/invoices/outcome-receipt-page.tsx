import { moneyText } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { localeOf } from '../contracts/bond-frame.js';
import { ReceiptPage, type ReceiptView } from '../receipt-page.js';
import type { OutcomeInvoice, OutcomeReceipt } from './invoices.read.js';

interface Props {
  page: PageContext;
  view: ReceiptView<OutcomeReceipt> & { invoice: OutcomeInvoice };
  refusal?: Refusal;
}

/** What came of an invoice. */
export function OutcomeReceiptPage({ page, view, refusal }: Props) {
  const { receipt, invoice } = view;
  return (
    <ReceiptPage
      page={page}
      view={view}
      refusal={refusal}
      title={`Outcome payment of ${moneyText(receipt.amount, receipt.currency, localeOf(page))}`}
      cardTitle="The payment"
      of={{ label: 'Invoice', reference: invoice.reference, href: `/outcome-invoices/${invoice.id}` }}
      from={<a href={`/organisations/${invoice.payerId}`}>{invoice.payer}</a>}
      afterReversal="What it paid is open again."
      reverseAction={`/outcome-receipts/${receipt.id}/reverse`}
    />
  );
}
