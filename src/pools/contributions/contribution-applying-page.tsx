import { formatAmount } from '../../maths/money.js';
import { Card } from '../../web/components/card.js';
import { DayText } from '../../web/components/dates.js';
import { EmptyState } from '../../web/components/empty-state.js';
import { PageHeader } from '../../web/components/page-links.js';
import { Table } from '../../web/components/table.js';
import { AmountField, HiddenField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { moneyText } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import { localeOf } from '../pool-frame.js';
import type { PoolOfPage } from '../pool-view.js';
import type { ContributionRow, SettleableInstalment } from './contributions.read.js';
import { tendersOf } from './contribution-applying.service.js';

interface Props {
  page: PageContext;
  view: { contribution: ContributionRow; instalments: SettleableInstalment[]; pool: PoolOfPage };
  refusal?: Refusal;
}

/** Saying anew which instalments a contribution settles: all that its funder owes, each with its part. */
export function ContributionApplyingPage({ page, view, refusal }: Props) {
  const { contribution, instalments, pool } = view;
  const locale = localeOf(page);
  const home = `/contributions/${contribution.id}`;
  const currency = instalments[0]?.currency ?? contribution.currency;
  const tender = tendersOf(contribution).find((each) => each.currency === currency)!;
  const now = {
    settles: instalments.map(({ amount }) => ({
      amount: amount === 0n ? '' : formatAmount(amount, currency),
    })),
  };
  return (
    <Shell page={page}>
      <PageHeader
        title="What it settles"
        facts={`${moneyText(tender.amount, currency, locale)} from ${contribution.funder}, ${contribution.bankReference}`}
      />
      <Card>
        {instalments.length === 0 ? (
          <EmptyState
            icon="signature"
            title={`${contribution.funder} owes nothing that this could settle`}
            text="When it pledges again, the contribution can be applied to what it pledged."
            action={{ label: 'Back to the contribution', href: home }}
          />
        ) : (
          <Form
            action={`${home}/apply`}
            csrf={page.csrf}
            locale={locale}
            idempotencyKey={newIdempotencyKey()}
            values={refusal?.values ?? now}
            errors={refusal?.errors}
            detail={refusal?.detail}
            submit="Apply it so"
            cancelHref={home}
          >
            {instalments.map(({ instalmentId }, index) => (
              <HiddenField name={`settles[${index}].instalmentId`} value={instalmentId} />
            ))}
            <Table
              caption={`Instalments that the contribution can settle, in ${currency}`}
              rows={instalments.map((instalment, index) => ({ ...instalment, index }))}
              columns={[
                {
                  heading: 'Instalment',
                  cell: ({ reference, number, dueOn, open, amount }) => (
                    <>
                      {reference}, instalment {number}
                      <span class="tb-under">
                        due <DayText day={dueOn} today={pool.today} locale={locale} />,{' '}
                        {moneyText(open + amount, currency, locale)} open
                      </span>
                    </>
                  ),
                },
                {
                  heading: 'This settles',
                  cell: ({ reference, number, index }) => (
                    <AmountField
                      name={`settles[${index}].amount`}
                      label={`Settles of ${reference}, instalment ${number}`}
                      currency={currency}
                      compact
                      optional
                    />
                  ),
                },
              ]}
            />
            <p class="tb-field-help">
              What is left over stays in the pool as an overpayment. Only promises move: the money stays where
              it is.
            </p>
          </Form>
        )}
      </Card>
    </Shell>
  );
}
