import type { InstalmentRow } from '../../grants/instalments.js';
import { addMonths, type Day } from '../../maths/day.js';
import type { PoolPosition } from '../../pools/pool-position.js';
import { Card } from '../../web/components/card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { AmountField, DayField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { moneyText } from '../../web/format.js';
import { coalitionPath } from '../../web/navigation.js';
import type { PageContext } from '../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';

interface Props {
  page: PageContext;
  view: { instalment: InstalmentRow; position: PoolPosition; today: Day };
  refusal?: Refusal;
}

/** Releasing what there is cash for, or what was agreed, of an instalment. */
export function PartialReleasePage({ page, view: { instalment, position, today }, refusal }: Props) {
  const locale = page.person?.locale ?? 'en-GB';
  const { currency } = instalment;
  const money = (minor: bigint) => moneyText(minor, currency, locale);
  return (
    <Shell page={page}>
      <PageHeader
        title={`Release a part of ${money(instalment.amount)}`}
        facts={`${instalment.payee}, ${instalment.grantReference}, instalment ${instalment.number}`}
      />
      <Card note={`The pool can pay out ${money(position.availableToDisburse)} besides what is approved`}>
        <Form
          action={`/instalments/${instalment.id}/release-part`}
          csrf={page.csrf}
          locale={locale}
          idempotencyKey={newIdempotencyKey()}
          values={refusal?.values ?? { restOn: addMonths(today, 1) }}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Ask to release this part"
          cancelHref={coalitionPath(instalment.coalitionId, 'payments')}
        >
          <AmountField name="amount" label="To release now" currency={currency} help="Others approve it." />
          <DayField
            name="restOn"
            label="The rest is planned for"
            help="It comes due then as an instalment of its own. Nothing of the award is lost."
          />
        </Form>
      </Card>
    </Shell>
  );
}
