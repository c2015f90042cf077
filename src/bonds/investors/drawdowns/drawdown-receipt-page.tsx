import { moneyText } from '../../../web/format.js';
import type { PageContext } from '../../../web/page-context.js';
import type { Refusal } from '../../../web/pages.js';
import { localeOf } from '../../contracts/bond-frame.js';
import { ReceiptPage, type ReceiptView } from '../../receipt-page.js';
import type { DrawdownCall, DrawdownReceipt } from './drawdowns.read.js';

interface Props {
  page: PageContext;
  view: ReceiptView<DrawdownReceipt> & { call: DrawdownCall };
  refusal?: Refusal;
}

/** What came of a call. */
export function DrawdownReceiptPage({ page, view, refusal }: Props) {
  const { receipt, call } = view;
  return (
    <ReceiptPage
      page={page}
      view={view}
      refusal={refusal}
      title={`Receipt of ${moneyText(receipt.amount, receipt.currency, localeOf(page))}`}
      cardTitle="The receipt"
      of={{ label: 'Call', reference: call.reference, href: `/drawdown-calls/${call.id}` }}
      from={<span>{call.party}</span>}
      afterReversal="What it brought is open again."
      reverseAction={`/drawdown-receipts/${receipt.id}/reverse`}
    />
  );
}
