import type { GrantRow } from '../../grants/grants.read.js';
import type { Day } from '../../maths/day.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { KeyValue } from '../../web/components/key-value.js';
import { Money } from '../../web/components/money.js';
import { PageHeader } from '../../web/components/page-links.js';
import { AmountField, DayField, TextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import type { PageContext } from '../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';

interface Props {
  page: PageContext;
  view: { grant: GrantRow; withThePartner: bigint; today: Day };
  refusal?: Refusal;
}

/** Recording what a partner gave back, beside what there is to give back. */
export function ReturnFormPage({ page, view, refusal }: Props) {
  const { grant, withThePartner, today } = view;
  const locale = page.person?.locale ?? 'en-GB';
  const money = (minor: bigint) => <Money minor={minor} currency={grant.currency} locale={locale} />;
  return (
    <Shell page={page}>
      <PageHeader title="Record a return" facts={`${grant.reference}, ${grant.organisation}`} />
      <Columns kind="main">
        <Card>
          <Form
            action={`/grants/${grant.id}/returns`}
            csrf={page.csrf}
            locale={locale}
            idempotencyKey={newIdempotencyKey()}
            values={refusal?.values ?? { receivedOn: today }}
            errors={refusal?.errors}
            detail={refusal?.detail}
            submit="Record the return"
            cancelHref={`/grants/${grant.id}`}
          >
            <AmountField name="amount" label="Amount" currency={grant.currency} />
            <DayField name="receivedOn" label="Received on" max={today} />
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
        <Stack>
          <Card title="What can come back">
            <p>
              It goes back to the funders whose money paid the grant, in the shares that paid it, each with
              the restriction it had.
            </p>
            <KeyValue
              pairs={[
                ['Paid', money(grant.paid)],
                ['Returned before', grant.returned > 0n && money(grant.returned)],
                ['At most', money(withThePartner)],
              ]}
            />
          </Card>
        </Stack>
      </Columns>
    </Shell>
  );
}
