import type { HistoryEvent } from '../../platform/audit/history.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { DayText } from '../../web/components/dates.js';
import { History } from '../../web/components/history.js';
import { KeyValue } from '../../web/components/key-value.js';
import { PageHeader } from '../../web/components/page-links.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { DayField, TextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { moneyText } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import { localeOf, mayDo } from '../pool-frame.js';
import type { PoolOfPage } from '../pool-view.js';
import type { FeePayment } from './fee-payments.read.js';

interface Props {
  page: PageContext;
  view: { payment: FeePayment; pool: PoolOfPage; history: HistoryEvent[] };
  refusal?: Refusal;
}

/** A payment of fees to the host: who agreed to it, and when it was paid. */
export function FeePaymentPage({ page, view, refusal }: Props) {
  const { payment, pool, history } = view;
  const locale = localeOf(page);
  return (
    <Shell page={page}>
      <PageHeader
        title={`${moneyText(payment.amount, payment.currency, locale)} to ${payment.host}`}
        facts={<StatusBadge of="refund" state={payment.state} />}
      />
      <Columns kind="main">
        <Stack>
          {payment.state === 'approved' && mayDo(page).lock && (
            <Pay page={page} view={view} refusal={refusal} />
          )}
          <Facts page={page} view={view} />
        </Stack>
        <Card title="What happened">
          <History
            events={history}
            actions={{
              'feePayment.proposed': 'asked for it',
              'feePayment.approved': 'approved it, the last who had to',
              'feePayment.rejected': 'stopped it',
              'feePayment.paid': 'recorded that the bank has paid',
            }}
            fields={{}}
            timeZone={pool.timeZone}
            locale={locale}
          />
        </Card>
      </Columns>
    </Shell>
  );
}

function Pay({ page, view: { payment, pool }, refusal }: Props) {
  const locale = localeOf(page);
  return (
    <Card title="Record the payment">
      <Form
        action={`/fee-payments/${payment.id}/pay`}
        csrf={page.csrf}
        locale={locale}
        idempotencyKey={newIdempotencyKey()}
        values={refusal?.values ?? { paidOn: pool.today }}
        errors={refusal?.errors}
        detail={refusal?.detail}
        submit={`Record that ${moneyText(payment.amount, payment.currency, locale)} was paid`}
      >
        <TextField name="bankReference" label="Bank reference" maxLength={80} autocomplete="off" />
        <DayField name="paidOn" label="Paid on" max={pool.today} />
      </Form>
    </Card>
  );
}

function Facts({ page, view: { payment, pool } }: Props) {
  return (
    <Card title="The payment">
      <KeyValue
        pairs={[
          ['Pool', <a href={`/pools/${pool.id}`}>{pool.name}</a>],
          ['To', <a href={`/organisations/${payment.hostId}`}>{payment.host}</a>],
          ['Asked for by', payment.madeBy],
          ['Request', <a href={`/approvals/${payment.approvalId}`}>Who approves it</a>],
          ...(payment.paidOn === null || payment.entryId === null
            ? []
            : ([
                [
                  'Paid on',
                  <DayText day={payment.paidOn} today={pool.today} locale={localeOf(page)} relative />,
                ],
                ['Bank reference', payment.bankReference],
                ['Ledger', <a href={`/entries/${payment.entryId}`}>Its entry</a>],
              ] as const)),
        ]}
      />
    </Card>
  );
}
