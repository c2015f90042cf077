import type { Day } from '../../maths/day.js';
import type { HistoryEvent } from '../../platform/audit/history.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { History } from '../../web/components/history.js';
import { PageHeader } from '../../web/components/page-links.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { KeyValue } from '../../web/components/key-value.js';
import { DayText } from '../../web/components/dates.js';
import { DayField, TextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { moneyText } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import { localeOf, mayDo } from '../pool-frame.js';
import type { PoolOfPage } from '../pool-view.js';
import { FunderSharesCard, type NamedShare } from '../funder-shares-card.js';
import type { Refund } from './refunds.read.js';

interface Props {
  page: PageContext;
  view: {
    refund: Refund;
    shares: NamedShare[];
    pool: PoolOfPage;
    history: HistoryEvent[];
    timeZone: string;
    today: Day;
  };
  refusal?: Refusal;
}

/** A refund: what each funder gets, who agreed to it, and when it was paid. */
export function RefundPage({ page, view, refusal }: Props) {
  const { refund, shares, pool, history, timeZone } = view;
  const locale = localeOf(page);
  return (
    <Shell page={page}>
      <PageHeader
        title={`Refund of ${moneyText(refund.amount, refund.currency, locale)}`}
        facts={<StatusBadge of="refund" state={refund.state} />}
      />
      <Columns kind="main">
        <FunderSharesCard
          page={page}
          title="What each funder gets"
          poolId={pool.id}
          currency={refund.currency}
          shares={shares}
        />
        <Stack>
          {refund.state === 'approved' && mayDo(page).lock && (
            <Pay page={page} view={view} refusal={refusal} />
          )}
          <Facts page={page} view={view} />
          <Card title="What happened">
            <History
              events={history}
              actions={{
                'refund.proposed': 'asked for it',
                'refund.approved': 'approved it, the last who had to',
                'refund.rejected': 'stopped it',
                'refund.withdrawn': 'took it back',
                'refund.paid': 'recorded that the bank has paid',
              }}
              fields={{}}
              timeZone={timeZone}
              locale={locale}
            />
          </Card>
        </Stack>
      </Columns>
    </Shell>
  );
}

function Pay({ page, view: { refund, today }, refusal }: Props) {
  const locale = localeOf(page);
  return (
    <>
      <Card title="Record the payment">
        <Form
          action={`/refunds/${refund.id}/pay`}
          csrf={page.csrf}
          locale={locale}
          idempotencyKey={newIdempotencyKey()}
          values={refusal?.values ?? { paidOn: today }}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit={`Record that ${moneyText(refund.amount, refund.currency, locale)} was paid`}
        >
          <TextField name="bankReference" label="Bank reference" maxLength={80} autocomplete="off" />
          <DayField name="paidOn" label="Paid on" max={today} />
        </Form>
      </Card>
      <Card title="Take it back">
        <Form
          action={`/refunds/${refund.id}/withdraw`}
          csrf={page.csrf}
          locale={locale}
          submit="Take the refund back"
          plain
        >
          <TextField name="reason" label="Reason" maxLength={500} />
        </Form>
      </Card>
    </>
  );
}

function Facts({ page, view: { refund, pool, today } }: Props) {
  const locale = localeOf(page);
  return (
    <Card title="The refund">
      <KeyValue
        pairs={[
          ['Pool', <a href={`/pools/${pool.id}`}>{pool.name}</a>],
          ['Reason', refund.reason],
          ['Asked for by', refund.madeBy],
          ['Request', <a href={`/approvals/${refund.approvalId}`}>Who approves it</a>],
          ...(refund.paidOn === null || refund.entryId === null
            ? []
            : ([
                ['Paid on', <DayText day={refund.paidOn} today={today} locale={locale} />],
                ['Bank reference', refund.bankReference],
                ['Ledger', <a href={`/entries/${refund.entryId}`}>Its entry</a>],
              ] as const)),
        ]}
      />
    </Card>
  );
}
