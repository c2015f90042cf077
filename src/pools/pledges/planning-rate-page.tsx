import { Card } from '../../web/components/card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { HiddenField, TextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { moneyText } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import { localeOf } from '../pool-frame.js';
import type { PledgeRow } from './pledges.service.js';

interface Props {
  page: PageContext;
  pledge: PledgeRow;
  refusal?: Refusal;
}

/** Reckoning a pledge in another currency at another rate. */
export function PlanningRatePage({ page, pledge, refusal }: Props) {
  const locale = localeOf(page);
  const open = moneyText(pledge.amount - pledge.received, pledge.currency, locale);
  return (
    <Shell page={page}>
      <PageHeader
        title={`Planning rate of ${pledge.reference}`}
        facts={`${open} is still to come, planned as ${moneyText(pledge.openInPool, pledge.poolCurrency, locale)}`}
      />
      <Card>
        <Form
          action={`/pledges/${pledge.id}/planning-rate`}
          csrf={page.csrf}
          locale={locale}
          idempotencyKey={newIdempotencyKey()}
          values={refusal?.values ?? { planningRate: pledge.planningRate ?? '' }}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Plan with this rate"
          cancelHref={`/pledges/${pledge.id}`}
        >
          <HiddenField name="version" value={String(pledge.version)} />
          <TextField
            name="planningRate"
            label={`${pledge.poolCurrency} for one ${pledge.currency}`}
            autocomplete="off"
            help="For planning only, from now on. Nothing is posted: what arrives is booked as it arrives."
          />
        </Form>
      </Card>
    </Shell>
  );
}
