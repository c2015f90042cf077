import type { ComponentChildren } from 'preact';
import type { Day } from '../../../maths/day.js';
import { Card, Columns, Stack } from '../../../web/components/card.js';
import { DayText, InstantText } from '../../../web/components/dates.js';
import { KeyValue } from '../../../web/components/key-value.js';
import { PageHeader } from '../../../web/components/page-links.js';
import { StatusBadge } from '../../../web/components/status-badge.js';
import { DayField, LongTextField, TextField } from '../../../web/forms/fields.js';
import { Form } from '../../../web/forms/form.js';
import { moneyText } from '../../../web/format.js';
import type { PageContext } from '../../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../../web/pages.js';
import { Shell } from '../../../web/shell.js';
import { localeOf, runsBonds, seesThePool } from '../../contracts/bond-frame.js';
import type { Bond } from '../../contracts/bonds.read.js';
import type { ProviderAdvance } from './advances.read.js';

/** What was refused, and by which form of the page. */
export type RefusedAdvance = Refusal & { of: 'pay' | 'withdraw' };

interface Props {
  page: PageContext;
  view: { bond: Bond; advance: ProviderAdvance; today: Day; timeZone: string };
  refused?: RefusedAdvance;
}

/** Working capital of a provider: who asked for it and why, who approves it, and when it was paid. */
export function AdvancePage({ page, view, refused }: Props) {
  const { advance, bond } = view;
  const isApproved = advance.state === 'approved';
  const home = seesThePool(page) ? `/bonds/${bond.id}/investors` : `/bonds/${bond.id}`;
  return (
    <Shell page={page}>
      <PageHeader
        title={`Advance of ${moneyText(advance.amount, advance.currency, localeOf(page))}`}
        facts={
          <>
            <StatusBadge of="bondPayment" state={advance.state} />
            <a href={`/organisations/${advance.providerId}`}>{advance.provider}</a>
            <a href={home}>{bond.title}</a>
          </>
        }
      />
      <Columns kind="main">
        <Facts page={page} view={view} />
        <Stack>
          {isApproved && page.coalition?.roles.includes('finance') && (
            <Pay page={page} view={view} refused={refused} />
          )}
          {isApproved && runsBonds(page) && <Withdraw page={page} view={view} refused={refused} />}
        </Stack>
      </Columns>
    </Shell>
  );
}

function Facts({ page, view: { advance, today, timeZone } }: Props) {
  const locale = localeOf(page);
  const pairs: [string, ComponentChildren][] = [
    ['For', advance.reason],
    ['Asked by', advance.madeBy],
    ['Asked', <InstantText at={advance.madeAt} timeZone={timeZone} locale={locale} />],
  ];
  // A partner sees that it is approved or not; who signs is the pool’s own business.
  if (seesThePool(page))
    pairs.push(['Approval', <a href={`/approvals/${advance.approvalId}`}>Who approves it</a>]);
  if (advance.paidOn !== null) {
    pairs.push(['Paid on', <DayText day={advance.paidOn} today={today} locale={locale} />]);
    pairs.push(['Bank reference', advance.bankReference]);
  }
  if (advance.entryId !== null && seesThePool(page))
    pairs.push(['Ledger', <a href={`/entries/${advance.entryId}`}>Its entry</a>]);
  return (
    <Card title="The advance">
      <KeyValue pairs={pairs} />
    </Card>
  );
}

function Pay({ page, view: { advance, today }, refused }: Props) {
  const refusal = refused?.of === 'pay' ? refused : undefined;
  return (
    <Card title="Record the payment" note="When the bank has paid it">
      <Form
        action={`/provider-advances/${advance.id}/pay`}
        csrf={page.csrf}
        locale={localeOf(page)}
        idempotencyKey={newIdempotencyKey()}
        values={refusal?.values ?? { paidOn: today }}
        errors={refusal?.errors}
        detail={refusal?.detail}
        submit="Record the payment"
      >
        <TextField name="bankReference" label="Bank reference" maxLength={140} autocomplete="off" />
        <DayField name="paidOn" label="Paid on" max={today} />
      </Form>
    </Card>
  );
}

function Withdraw({ page, view: { advance }, refused }: Props) {
  const refusal = refused?.of === 'withdraw' ? refused : undefined;
  return (
    <Card title="Take it back" note="It is approved and not paid">
      <Form
        action={`/provider-advances/${advance.id}/withdraw`}
        csrf={page.csrf}
        locale={localeOf(page)}
        values={refusal?.values ?? {}}
        errors={refusal?.errors}
        detail={refusal?.detail}
        submit="Take it back"
        plain
      >
        <LongTextField name="reason" label="Why" rows={2} maxLength={500} />
      </Form>
    </Card>
  );
}
