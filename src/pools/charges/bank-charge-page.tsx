import type { HistoryEvent } from '../../platform/audit/history.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { DayText } from '../../web/components/dates.js';
import { History } from '../../web/components/history.js';
import { KeyValue } from '../../web/components/key-value.js';
import { PageHeader } from '../../web/components/page-links.js';
import { Notice } from '../../web/components/problem.js';
import { DayField, TextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { moneyText } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import { FunderSharesCard, type NamedShare } from '../funder-shares-card.js';
import { localeOf, mayDo } from '../pool-frame.js';
import type { PoolOfPage } from '../pool-view.js';
import type { BankCharge } from './bank-charges.read.js';

interface Props {
  page: PageContext;
  view: { charge: BankCharge; shares: NamedShare[]; pool: PoolOfPage; history: HistoryEvent[] };
  refusal?: Refusal;
}

/** A charge of the bank: what each funder bore of it, and its entry. */
export function BankChargePage({ page, view, refusal }: Props) {
  const { charge, shares, pool, history } = view;
  const locale = localeOf(page);
  return (
    <Shell page={page}>
      <PageHeader
        title={`Bank charge of ${moneyText(charge.amount, charge.currency, locale)}`}
        facts={charge.bankReference}
      />
      {charge.reversalReason !== null && (
        <Notice kind="warning" text={`Reversed: ${charge.reversalReason}. It counts no more.`} />
      )}
      <Columns kind="main">
        <FunderSharesCard
          page={page}
          title="Who bore it"
          poolId={pool.id}
          currency={charge.currency}
          shares={shares}
        />
        <Stack>
          <Card title="The charge">
            <KeyValue
              pairs={[
                ['Pool', <a href={`/pools/${pool.id}`}>{pool.name}</a>],
                ['Taken on', <DayText day={charge.takenOn} today={pool.today} locale={locale} relative />],
                ['Note', charge.note],
                ['Recorded by', charge.recordedBy],
                ['Ledger', <a href={`/entries/${charge.entryId}`}>Its entry</a>],
              ]}
            />
          </Card>
          {charge.reversalReason === null && mayDo(page).lock && (
            <Reverse page={page} view={view} refusal={refusal} />
          )}
          <Card title="What happened">
            <History
              events={history}
              actions={{ 'bankCharge.taken': 'recorded it', 'bankCharge.reversed': 'reversed it' }}
              fields={{}}
              timeZone={pool.timeZone}
              locale={locale}
            />
          </Card>
        </Stack>
      </Columns>
    </Shell>
  );
}

function Reverse({ page, view: { charge, pool }, refusal }: Props) {
  return (
    <Card title="Reverse it" note="By somebody else than who recorded it">
      <Form
        action={`/bank-charges/${charge.id}/reverse`}
        csrf={page.csrf}
        locale={localeOf(page)}
        idempotencyKey={newIdempotencyKey()}
        values={refusal?.values ?? { occurredOn: pool.today }}
        errors={refusal?.errors}
        detail={refusal?.detail}
        submit="Reverse the charge"
        plain
      >
        <TextField name="reason" label="Why" maxLength={500} />
        <DayField name="occurredOn" label="Date of the reversal" min={charge.takenOn} max={pool.today} />
      </Form>
    </Card>
  );
}
