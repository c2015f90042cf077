import type { Day } from '../../../maths/day.js';
import { Card, Columns } from '../../../web/components/card.js';
import { DayText, InstantText } from '../../../web/components/dates.js';
import { KeyValue } from '../../../web/components/key-value.js';
import { PageHeader } from '../../../web/components/page-links.js';
import { Notice } from '../../../web/components/problem.js';
import { DayField, LongTextField } from '../../../web/forms/fields.js';
import { Form } from '../../../web/forms/form.js';
import { moneyText } from '../../../web/format.js';
import type { PageContext } from '../../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../../web/pages.js';
import { Shell } from '../../../web/shell.js';
import { localeOf } from '../../contracts/bond-frame.js';
import type { DrawdownCall, DrawdownReceipt } from './drawdowns.read.js';

interface Props {
  page: PageContext;
  view: {
    call: DrawdownCall;
    receipt: DrawdownReceipt;
    personId: string | undefined;
    today: Day;
    timeZone: string;
  };
  refusal?: Refusal;
}

/** What came of a call: its entry, who recorded it, and the way to take it back. */
export function DrawdownReceiptPage({ page, view, refusal }: Props) {
  const { receipt, call, today, timeZone } = view;
  const locale = localeOf(page);
  return (
    <Shell page={page}>
      <PageHeader
        title={`Receipt of ${moneyText(receipt.amount, receipt.currency, locale)}`}
        facts={
          <>
            <span>{receipt.bankReference}</span>
            <a href={`/drawdown-calls/${call.id}`}>call {call.reference}</a>
            <span>{call.party}</span>
          </>
        }
      />
      {receipt.reversalReason !== null && (
        <Notice kind="warning" text={`Reversed: ${receipt.reversalReason}. What it brought is open again.`} />
      )}
      <Columns kind="main">
        <Card title="The receipt">
          <KeyValue
            pairs={[
              ['Call', <a href={`/drawdown-calls/${call.id}`}>{call.reference}</a>],
              ['Received on', <DayText day={receipt.receivedOn} today={today} locale={locale} relative />],
              ['Recorded by', receipt.recordedBy],
              ['Recorded', <InstantText at={receipt.recordedAt} timeZone={timeZone} locale={locale} />],
              ['Ledger', <a href={`/entries/${receipt.entryId}`}>Its entry</a>],
            ]}
          />
        </Card>
        <Reverse page={page} view={view} refusal={refusal} />
      </Columns>
    </Shell>
  );
}

/** Only for who may reverse it: a finance officer, and another than who recorded it. */
function Reverse({ page, view: { receipt, personId, today }, refusal }: Props) {
  if (receipt.reversalReason !== null || !page.coalition?.roles.includes('finance')) return null;
  return (
    <Card title="Reverse it" note="By somebody else than who recorded it">
      {receipt.recordedById === personId ? (
        <Notice text="You recorded this receipt, so somebody else must reverse it." />
      ) : (
        <Form
          action={`/drawdown-receipts/${receipt.id}/reverse`}
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
