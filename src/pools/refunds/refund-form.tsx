import { Card, Columns } from '../../web/components/card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { AmountField, LongTextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { moneyText } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import { localeOf } from '../pool-frame.js';
import type { PoolPosition } from '../pool-position.js';
import type { PoolOfPage } from '../pool-view.js';
import { FunderSharesCard, type NamedShare } from '../funder-shares-card.js';

interface Props {
  page: PageContext;
  pool: PoolOfPage;
  position: PoolPosition;
  refusal?: Refusal;
  /** What each funder would get, as typed. */
  shares?: readonly NamedShare[];
}

/** Asking to give money back: the shares are shown before anybody is asked. */
export function RefundFormPage({ page, pool, position, refusal, shares }: Props) {
  const home = `/pools/${pool.id}/refunds`;
  const { availableToDisburse, availableToCommit } = position;
  const free = availableToDisburse < availableToCommit ? availableToDisburse : availableToCommit;
  return (
    <Shell page={page}>
      <PageHeader
        title="Ask for a refund"
        facts={`${moneyText(free, pool.currency, localeOf(page))} of ${pool.name} can be given back today`}
      />
      <Columns kind="even">
        <Card>
          <Form
            action={`${home}/preview`}
            csrf={page.csrf}
            locale={localeOf(page)}
            idempotencyKey={newIdempotencyKey()}
            values={refusal?.values ?? {}}
            errors={refusal?.errors}
            detail={refusal?.detail}
            submit="Show the shares"
            also={{ label: 'Ask for it', action: home }}
            cancelHref={home}
          >
            <AmountField
              name="amount"
              label="To give back in all"
              currency={pool.currency}
              help="Neither the reserve, nor what is approved, nor what grants count on is given back."
            />
            <LongTextField name="reason" label="Reason" maxLength={500} help="Those who approve read it." />
          </Form>
        </Card>
        {shares && (
          <FunderSharesCard
            page={page}
            title="What each funder would get"
            poolId={pool.id}
            currency={pool.currency}
            shares={shares}
          />
        )}
      </Columns>
    </Shell>
  );
}
