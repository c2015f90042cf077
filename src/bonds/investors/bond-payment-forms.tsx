import type { Day } from '../../maths/day.js';
import { Card } from '../../web/components/card.js';
import { DayField, LongTextField, TextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import type { PageContext } from '../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../web/pages.js';
import { localeOf } from '../contracts/bond-frame.js';

/** What was refused, and by which form of the page. */
export type RefusedPayment = Refusal & { of: 'pay' | 'withdraw' };

interface Props {
  page: PageContext;
  /** Of the payment's page: "/distributions/…". */
  home: string;
  today: Day;
  /** The first day on which it can have been paid. */
  from?: Day;
  refused?: RefusedPayment;
}

/** Records that the bank has paid something that was approved. */
export function PayOutOfBondCard({ page, home, today, from, refused }: Props) {
  const refusal = refused?.of === 'pay' ? refused : undefined;
  return (
    <Card title="Record the payment" note="When the bank has paid it">
      <Form
        action={`${home}/pay`}
        csrf={page.csrf}
        locale={localeOf(page)}
        idempotencyKey={newIdempotencyKey()}
        values={refusal?.values ?? { paidOn: today }}
        errors={refusal?.errors}
        detail={refusal?.detail}
        submit="Record the payment"
      >
        <TextField name="bankReference" label="Bank reference" maxLength={140} autocomplete="off" />
        <DayField name="paidOn" label="Paid on" min={from} max={today} />
      </Form>
    </Card>
  );
}

/** Takes back what was approved and is not paid. */
export function TakeBackCard({ page, home, refused }: Omit<Props, 'today' | 'from'>) {
  const refusal = refused?.of === 'withdraw' ? refused : undefined;
  return (
    <Card title="Take it back" note="It is approved and not paid">
      <Form
        action={`${home}/withdraw`}
        csrf={page.csrf}
        locale={localeOf(page)}
        values={refusal?.values ?? {}}
        errors={refusal?.errors}
        detail={refusal?.detail}
        submit="Take it back"
        plain
      >
        <LongTextField name="reason" label="Why" rows={2} maxLength={500} />
      </Form>
    </Card>
  );
}
