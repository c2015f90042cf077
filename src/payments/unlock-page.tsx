import { Card } from '../web/components/card.js';
import { PageHeader } from '../web/components/page-links.js';
import { DayField, LongTextField } from '../web/forms/fields.js';
import { Form } from '../web/forms/form.js';
import { dayText } from '../web/format.js';
import type { PageContext } from '../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../web/pages.js';
import { Shell } from '../web/shell.js';
import type { RunPool } from './payment-run.js';

interface Props {
  page: PageContext;
  pool: RunPool;
  refusal?: Refusal;
}

/** Asking to move a pool's lock back. */
export function UnlockPage({ page, pool, refusal }: Props) {
  const locale = page.person?.locale ?? 'en-GB';
  const { lockedThrough } = pool;
  const state =
    lockedThrough === null ? 'It is not locked' : `Locked through ${dayText(lockedThrough, locale)}`;
  return (
    <Shell page={page}>
      <PageHeader title={`Unlock ${pool.name}`} facts={`${state}. Moving the lock back takes two people.`} />
      <Card>
        <Form
          action={`/pools/${pool.id}/unlock`}
          csrf={page.csrf}
          locale={locale}
          idempotencyKey={newIdempotencyKey()}
          values={refusal?.values}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Ask to move the lock back"
          cancelHref={`/pools/${pool.id}`}
        >
          <DayField
            name="through"
            label="Locked through"
            optional
            max={lockedThrough ?? undefined}
            help="The day through which the pool stays locked. Leave it empty to take the lock away."
          />
          <LongTextField
            name="reason"
            label="Why"
            rows={3}
            maxLength={500}
            help="Who approves it reads this."
          />
        </Form>
      </Card>
    </Shell>
  );
}
