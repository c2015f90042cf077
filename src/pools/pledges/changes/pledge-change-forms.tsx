import { formatAmount } from '../../../maths/money.js';
import { Card } from '../../../web/components/card.js';
import { PageHeader } from '../../../web/components/page-links.js';
import { DayField, HiddenField, LongTextField } from '../../../web/forms/fields.js';
import { Form } from '../../../web/forms/form.js';
import { RowsField } from '../../../web/forms/rows.js';
import { moneyText } from '../../../web/format.js';
import type { PageContext } from '../../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../../web/pages.js';
import { Shell } from '../../../web/shell.js';
import { localeOf } from '../../pool-frame.js';
import type { PoolOfPage } from '../../pool-view.js';
import type { PledgeRow } from '../pledges.service.js';
import type { ComingPart } from './pledge-change.rules.js';

interface Props {
  page: PageContext;
  view: { pledge: PledgeRow; coming: readonly ComingPart[]; pool: PoolOfPage };
  refusal?: Refusal;
}

/** Replacing what is still to come of a pledge. */
export function AmendPage({ page, view, refusal }: Props) {
  const { pledge, coming, pool } = view;
  const locale = localeOf(page);
  const now = {
    occurredOn: pool.today,
    instalments: coming.map(({ dueOn, amount }) => ({
      dueOn,
      amount: formatAmount(amount, pledge.currency),
    })),
  };
  const received = moneyText(pledge.received, pledge.currency, locale);
  return (
    <Shell page={page}>
      <PageHeader
        title={`Amend pledge ${pledge.reference}`}
        facts={`${received} of ${moneyText(pledge.amount, pledge.currency, locale)} has come, and stays as it is`}
      />
      <Card>
        <Form
          action={`/pledges/${pledge.id}/amend`}
          csrf={page.csrf}
          locale={locale}
          idempotencyKey={newIdempotencyKey()}
          values={refusal?.values ?? now}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Amend the pledge"
          cancelHref={`/pledges/${pledge.id}`}
        >
          <HiddenField name="version" value={String(pledge.version)} />
          <RowsField
            name="instalments"
            legend="Still to come"
            help="As the funder now promises it, the earliest first. An empty row is left out."
            columns={[
              { name: 'dueOn', label: 'Due on', kind: 'day' },
              { name: 'amount', label: 'Amount', kind: 'amount', currency: pledge.currency },
            ]}
            blank={3}
            most={240}
          />
          <DayField name="occurredOn" label="Agreed on" max={pool.today} />
          <LongTextField
            name="reason"
            label="Reason"
            maxLength={500}
            help="Kept with this version of the pledge."
          />
        </Form>
      </Card>
    </Shell>
  );
}

/** Ending what is still to come of a pledge: taken back by the funder, or not to be had. */
export function EndPage({ page, view, kind, refusal }: Props & { kind: 'cancelled' | 'writtenOff' }) {
  const { pledge, pool } = view;
  const locale = localeOf(page);
  const open = moneyText(pledge.amount - pledge.received, pledge.currency, locale);
  const [path, title, submit] =
    kind === 'cancelled'
      ? ['cancel', `Cancel pledge ${pledge.reference}`, `Cancel ${open}`]
      : ['write-off', `Write off pledge ${pledge.reference}`, `Write off ${open}`];
  return (
    <Shell page={page}>
      <PageHeader title={title} facts={`${open} is still to come; what has come stays`} />
      <Card>
        <Form
          action={`/pledges/${pledge.id}/${path}`}
          csrf={page.csrf}
          locale={locale}
          idempotencyKey={newIdempotencyKey()}
          values={refusal?.values ?? { occurredOn: pool.today }}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit={submit}
          cancelHref={`/pledges/${pledge.id}`}
        >
          <HiddenField name="version" value={String(pledge.version)} />
          <DayField name="occurredOn" label="On" max={pool.today} />
          <LongTextField name="reason" label="Reason" maxLength={500} />
        </Form>
      </Card>
    </Shell>
  );
}
