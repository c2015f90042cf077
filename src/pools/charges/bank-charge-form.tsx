import { Card } from '../../web/components/card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { AmountField, DayField, TextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import type { PageContext } from '../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import { localeOf } from '../pool-frame.js';
import type { PoolOfPage } from '../pool-view.js';

interface Props {
  page: PageContext;
  pool: PoolOfPage;
  refusal?: Refusal;
}

/** Recording what the bank took for its services. */
export function BankChargeFormPage({ page, pool, refusal }: Props) {
  const home = `/pools/${pool.id}/bank-charges`;
  return (
    <Shell page={page}>
      <PageHeader
        title="Record a bank charge"
        facts={`All who have unrestricted money in ${pool.name} bear it, by what each has left`}
      />
      <Card>
        <Form
          action={home}
          csrf={page.csrf}
          locale={localeOf(page)}
          idempotencyKey={newIdempotencyKey()}
          values={refusal?.values ?? { takenOn: pool.today }}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Record the charge"
          cancelHref={home}
        >
          <AmountField name="amount" label="Amount" currency={pool.currency} />
          <DayField name="takenOn" label="Taken on" max={pool.today} />
          <TextField
            name="bankReference"
            label="Bank reference"
            maxLength={140}
            autocomplete="off"
            help="As it stands on the bank statement. Each is recorded once."
          />
          <TextField name="note" label="Note" maxLength={500} optional />
        </Form>
      </Card>
    </Shell>
  );
}
