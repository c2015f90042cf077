import type { Day } from '../../maths/day.js';
import { Card } from '../../web/components/card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { Notice } from '../../web/components/problem.js';
import { Table } from '../../web/components/table.js';
import { DayField, HiddenField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { dayText, moneyText, plural } from '../../web/format.js';
import { coalitionPath } from '../../web/navigation.js';
import type { PageContext } from '../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import { amountColumn, paymentsText } from '../amounts.js';
import { ibanText } from '../bank-accounts/bank-accounts-page.js';
import type { PoolAccount } from '../pool-accounts/pool-accounts.read.js';
import { whyNot } from './batch.rules.js';
import type { BatchCandidate } from './batches.read.js';
import { controlSum } from './pain001.js';

export interface BatchFormView {
  pool: { id: string; coalitionId: string; name: string; currency: string };
  debtor: PoolAccount | null;
  chosen: BatchCandidate[];
  executionOn: Day;
  today: Day;
}

interface Props {
  page: PageContext;
  view: BatchFormView;
  refusal?: Refusal;
}

/** What is about to go to the bank together, with its control sum, before anybody is asked to release it. */
export function BatchFormPage({ page, view, refusal }: Props) {
  const { pool, debtor, chosen, executionOn } = view;
  const locale = page.person?.locale ?? 'en-GB';
  const wrong = chosen.flatMap((payment) => whyNot(payment, executionOn) ?? []);
  return (
    <Shell page={page}>
      <PageHeader
        title={`Batch ${paymentsText(chosen, locale)}`}
        facts="A second person releases it; nothing is paid by this"
      />
      {debtor === null && (
        <Notice
          kind="warning"
          text={`Say first which bank account ${pool.name} pays from: Pool → Bank account.`}
        />
      )}
      {wrong.length > 0 && (
        <Notice
          kind="warning"
          text={`${plural(wrong.length, 'payment')} cannot go into a batch on ${dayText(executionOn, locale)}. ${wrong.join(' ')}`}
        />
      )}
      <Card
        title="What the bank is told"
        note={debtor ? `From ${debtor.name}, ${ibanText(debtor.iban)}` : 'No account to pay from yet'}
        flush
      >
        <Table
          caption="Payments of the batch"
          rows={chosen}
          rowTone={(payment) => (whyNot(payment, executionOn) === null ? undefined : 'attention')}
          columns={[
            {
              heading: 'To',
              cell: ({ payee, grantReference, instalmentNumber }) => (
                <>
                  {payee}
                  <span class="tb-under">
                    {grantReference}, instalment {instalmentNumber}
                  </span>
                </>
              ),
              foot: 'Control sum',
            },
            {
              heading: 'Account',
              cell: ({ account, payeeId }) =>
                account ? (
                  <>
                    {ibanText(account.iban)}
                    <span class="tb-under">{account.name}</span>
                  </>
                ) : (
                  <a href={`/organisations/${payeeId}/bank-accounts`}>None may be used</a>
                ),
            },
            { ...amountColumn(chosen, locale), foot: moneyText(controlSum(chosen), pool.currency, locale) },
          ]}
        />
      </Card>
      <Card>
        <Form
          action={`/pools/${pool.id}/payment-batches`}
          csrf={page.csrf}
          locale={locale}
          idempotencyKey={newIdempotencyKey()}
          values={refusal?.values ?? { executionOn }}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit={`Make a batch of ${paymentsText(chosen, locale)}`}
          cancelHref={coalitionPath(pool.coalitionId, 'payments')}
        >
          {chosen.map(({ disbursementId }) => (
            <HiddenField name="disbursementIds[]" value={disbursementId} />
          ))}
          <DayField
            name="executionOn"
            label="The bank pays on"
            min={view.today}
            help="A business day. A payee whose account is still cooling off can be paid from its day on."
          />
        </Form>
      </Card>
    </Shell>
  );
}
