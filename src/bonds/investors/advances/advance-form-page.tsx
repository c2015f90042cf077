import { Card } from '../../../web/components/card.js';
import { PageHeader } from '../../../web/components/page-links.js';
import { AmountField, LongTextField } from '../../../web/forms/fields.js';
import { Form } from '../../../web/forms/form.js';
import { moneyText } from '../../../web/format.js';
import type { PageContext } from '../../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../../web/pages.js';
import { Shell } from '../../../web/shell.js';
import { localeOf } from '../../contracts/bond-frame.js';
import type { Bond } from '../../contracts/bonds.read.js';

interface Props {
  page: PageContext;
  /** `free`: what the bond can pay and has not promised. */
  view: { bond: Bond; free: bigint };
  refusal?: Refusal;
}

/** Asks for working capital for the provider, out of what the bond holds. */
export function AdvanceFormPage({ page, view: { bond, free }, refusal }: Props) {
  const locale = localeOf(page);
  return (
    <Shell page={page}>
      <PageHeader
        title="Ask for an advance"
        facts={<a href={`/bonds/${bond.id}/investors`}>{bond.title}</a>}
      />
      <Card title={`To ${bond.provider}`} note="Others approve it before it is paid">
        <Form
          action={`/bonds/${bond.id}/provider-advances`}
          csrf={page.csrf}
          locale={locale}
          idempotencyKey={newIdempotencyKey()}
          values={refusal?.values ?? {}}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Ask for it"
          cancelHref={`/bonds/${bond.id}/investors`}
        >
          <AmountField
            name="amount"
            label="Amount"
            currency={bond.currency}
            help={`The bond can pay ${moneyText(free, bond.currency, locale)}.`}
          />
          <LongTextField name="reason" label="What for" rows={2} maxLength={500} />
        </Form>
      </Card>
    </Shell>
  );
}
