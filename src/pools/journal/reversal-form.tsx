import { Card } from '../../web/components/card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { DayField, LongTextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { dayText, moneyText } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import type { ContributionRow } from '../contributions/contributions.read.js';
import { localeOf } from '../pool-frame.js';
import type { PoolOfPage } from '../pool-view.js';

interface Props {
  page: PageContext;
  contribution: ContributionRow;
  pool: PoolOfPage;
  refusal?: Refusal;
}

/** Taking back a contribution that was recorded by mistake. */
export function ReversalFormPage({ page, contribution, pool, refusal }: Props) {
  const locale = localeOf(page);
  const { id, amount, currency, funder, bankReference, receivedOn } = contribution;
  const money = moneyText(amount, currency, locale);
  return (
    <Shell page={page}>
      <PageHeader
        title={`Reverse ${money} from ${funder}`}
        facts={`${bankReference}, received on ${dayText(receivedOn, locale)}`}
      />
      <Card>
        <Form
          action={`/contributions/${id}/reverse`}
          csrf={page.csrf}
          locale={locale}
          idempotencyKey={newIdempotencyKey()}
          values={refusal?.values ?? { occurredOn: pool.today }}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit={`Reverse ${money}`}
          cancelHref={`/contributions/${id}`}
        >
          <LongTextField
            name="reason"
            label="Why"
            rows={3}
            maxLength={500}
            help="Kept with the reversal for whoever audits the ledger."
          />
          <DayField
            name="occurredOn"
            label="Date of the reversal"
            min={receivedOn}
            max={pool.today}
            help="In a period that is not locked."
          />
          <p class="tb-field-help">
            Its entries are reversed, not deleted, the fee with them, and the instalments it settled are open
            again. Somebody else than who recorded it must do this.
          </p>
        </Form>
      </Card>
    </Shell>
  );
}
