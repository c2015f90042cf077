import { tiersText } from '../pools/policy-words.js';
import { signaturesRequired } from '../pools/approvals/approval-tiers.js';
import type { Day } from '../maths/day.js';
import { Card } from '../web/components/card.js';
import { DayText } from '../web/components/dates.js';
import { Money } from '../web/components/money.js';
import { PageHeader } from '../web/components/page-links.js';
import { Table } from '../web/components/table.js';
import { Form } from '../web/forms/form.js';
import { HiddenField } from '../web/forms/fields.js';
import { plural } from '../web/format.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../web/pages.js';
import { Shell } from '../web/shell.js';
import { amountColumn, paymentsText, totals } from './amounts.js';
import type { RunPool, UnderWay } from './payment-run.js';

export interface ReleaseView {
  coalitionId: string;
  chosen: UnderWay[];
  /** How many of those that were chosen are not due any more. */
  gone: number;
  pools: RunPool[];
  today: Day;
}

interface Props {
  page: PageContext;
  view: ReleaseView;
  refusal?: Refusal;
}

/** What is about to be asked for, with its totals, before it is. */
export function ReleasePage({ page, view, refusal }: Props) {
  const { coalitionId, chosen, gone, pools, today } = view;
  const locale = page.person?.locale ?? 'en-GB';
  const run = coalitionPath(coalitionId, 'payments');
  return (
    <Shell page={page}>
      <PageHeader
        title={`Ask to release ${paymentsText(chosen, locale)}`}
        facts="Others approve each of them; nothing is paid by this"
      />
      {gone > 0 && (
        <p class="tb-quiet">
          {plural(gone, 'instalment')} that you chose {gone === 1 ? 'is' : 'are'} not due any more, and left
          out.
        </p>
      )}
      <Card title="What each pool can pay" flush>
        <Table
          caption="Available to pay out, and what is asked for"
          rows={pools.filter(({ id }) => chosen.some(({ poolId }) => poolId === id))}
          columns={[
            { heading: 'Pool', cell: ({ name }) => name },
            {
              heading: 'Available to pay out',
              kind: 'number',
              cell: ({ position, currency }) => (
                <Money minor={position.availableToDisburse} currency={currency} locale={locale} />
              ),
            },
            {
              heading: 'Asked for here',
              kind: 'number',
              cell: ({ id }) =>
                totals(chosen.filter(({ poolId }) => poolId === id)).map(({ amount, currency }) => (
                  <Money minor={amount} currency={currency} locale={locale} />
                )),
            },
            {
              heading: 'Who approves',
              wideOnly: true,
              cell: ({ approvalTiers, currency }) => tiersText(approvalTiers, currency, locale),
            },
          ]}
        />
      </Card>
      <Card title="What is asked for" flush>
        <Table
          caption="Payments that are asked for"
          rows={chosen}
          columns={[
            {
              heading: 'To',
              cell: ({ payee, grantReference, number }) => (
                <>
                  {payee}
                  <span class="tb-under">
                    {grantReference}, instalment {number}
                  </span>
                </>
              ),
            },
            {
              heading: 'Due',
              wideOnly: true,
              cell: ({ dueOn }) => <DayText day={dueOn} today={today} locale={locale} relative />,
            },
            {
              heading: 'Approvers',
              kind: 'number',
              wideOnly: true,
              cell: ({ amount, poolId }) =>
                signaturesRequired(amount, pools.find(({ id }) => id === poolId)!.approvalTiers),
            },
            amountColumn(chosen, locale),
          ]}
        />
      </Card>
      <Form
        action={`${run}/release`}
        csrf={page.csrf}
        locale={locale}
        idempotencyKey={newIdempotencyKey()}
        errors={refusal?.errors}
        detail={refusal?.detail}
        submit={`Ask to release ${paymentsText(chosen, locale)}`}
        cancelHref={run}
      >
        {chosen.map(({ instalmentId }) => (
          <HiddenField name="instalmentIds[]" value={instalmentId} />
        ))}
      </Form>
    </Shell>
  );
}
