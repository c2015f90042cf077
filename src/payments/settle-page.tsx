import type { Day } from '../maths/day.js';
import { Card, Columns } from '../web/components/card.js';
import { PageHeader } from '../web/components/page-links.js';
import { AmountField, DayField, TextField } from '../web/forms/fields.js';
import { PaidAbroadFields } from '../pools/paid-abroad-fields.js';
import { Form } from '../web/forms/form.js';
import { moneyText } from '../web/format.js';
import type { PageContext } from '../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../web/pages.js';
import { Shell } from '../web/shell.js';
import type { Disbursement, FunderPart } from './disbursements.read.js';
import { WhoseMoneyCard } from './whose-money-card.js';

interface Props {
  page: PageContext;
  payment: Disbursement;
  /** Whose money it would be now. */
  parts: FunderPart[];
  today: Day;
  refusal?: Refusal;
}

/** Recording that the bank has paid, as it stands on the statement. */
export function SettlePage({ page, payment, parts, today, refusal }: Props) {
  const locale = page.person?.locale ?? 'en-GB';
  const money = moneyText(payment.amount, payment.currency, locale);
  const address = `/disbursements/${payment.id}`;
  return (
    <Shell page={page}>
      <PageHeader
        title={`Record ${money} to ${payment.payee}`}
        facts={`${payment.grantReference}, instalment ${payment.instalmentNumber}`}
      />
      <Columns kind="even">
        <Card>
          <Form
            action={`${address}/settle`}
            csrf={page.csrf}
            locale={locale}
            idempotencyKey={newIdempotencyKey()}
            values={refusal?.values ?? { paidOn: today }}
            errors={refusal?.errors}
            detail={refusal?.detail}
            submit={`Record that ${money} was paid`}
            cancelHref={address}
          >
            <TextField
              name="bankReference"
              label="Bank reference"
              maxLength={140}
              autocomplete="off"
              help="As it stands on the bank statement. Each is recorded once."
            />
            <DayField name="paidOn" label="Paid on" max={today} help="The day the money left the account." />
            <PaidAbroadFields
              currency={payment.currency}
              locale={locale}
              help="As the payee got it, from the statement."
            />
            <AmountField
              name="chargedAmount"
              label="What left the account then"
              currency={payment.currency}
              optional
              help={`More or less than ${money} is exchange difference.`}
            />
            <p class="tb-field-help">
              This posts to the ledger, in both books, whose money it was by the pool’s rule. It can be
              reversed, never edited.
            </p>
          </Form>
        </Card>
        <WhoseMoneyCard page={page} payment={payment} parts={parts} />
      </Columns>
    </Shell>
  );
}
