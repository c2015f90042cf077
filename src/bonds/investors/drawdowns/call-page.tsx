import type { ComponentChildren } from 'preact';
import type { Day } from '../../../maths/day.js';
import { formatAmount } from '../../../maths/money.js';
import { Card, Columns, Stack } from '../../../web/components/card.js';
import { CardsOfLaterRooms } from '../../../web/components/cards-of-later-rooms.js';
import { DayText } from '../../../web/components/dates.js';
import { KeyValue } from '../../../web/components/key-value.js';
import { Money, MoneyCell } from '../../../web/components/money.js';
import { PageHeader } from '../../../web/components/page-links.js';
import { StatusBadge } from '../../../web/components/status-badge.js';
import { Table } from '../../../web/components/table.js';
import { AmountField, DayField, LongTextField, TextField } from '../../../web/forms/fields.js';
import { Form } from '../../../web/forms/form.js';
import { moneyText } from '../../../web/format.js';
import type { PageContext } from '../../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../../web/pages.js';
import { Shell } from '../../../web/shell.js';
import { localeOf } from '../../contracts/bond-frame.js';
import type { Bond } from '../../contracts/bonds.read.js';
import { callKindText, callStateShown } from './call-words.js';
import type { DrawdownCall, DrawdownReceipt } from './drawdowns.read.js';

/** What was refused, and by which form of the page. */
export type RefusedCall = Refusal & { of: 'receive' | 'cancel' };

interface Props {
  page: PageContext;
  view: { bond: Bond; call: DrawdownCall; receipts: DrawdownReceipt[]; today: Day };
  refused?: RefusedCall;
}

/** A call: what was asked for and why, what came of it, and what is open. */
export function CallPage({ page, view, refused }: Props) {
  const { call, bond, today } = view;
  const isOpen = call.state === 'called' || call.state === 'partlyReceived';
  const mayAct = isOpen && (page.coalition?.roles.includes('finance') ?? false);
  return (
    <Shell page={page}>
      <PageHeader
        title={`Call ${call.reference}: ${moneyText(call.amount, call.currency, localeOf(page))}`}
        facts={
          <>
            <StatusBadge of="drawdownCall" state={callStateShown(call, today)} />
            <span>{call.party}</span>
            <a href={`/bonds/${bond.id}/investors`}>{bond.title}</a>
          </>
        }
      />
      <Columns kind="main">
        <Stack>
          <Receipts page={page} view={view} />
          {mayAct && <Record page={page} view={view} refused={refused} />}
        </Stack>
        <Stack>
          <Facts page={page} view={view} />
          {mayAct && <Cancel page={page} view={view} refused={refused} />}
          <CardsOfLaterRooms page={page} />
        </Stack>
      </Columns>
    </Shell>
  );
}

function Facts({ page, view: { call, today } }: Props) {
  const locale = localeOf(page);
  const money = (minor: bigint) => <Money minor={minor} currency={call.currency} locale={locale} />;
  return (
    <Card title="The call">
      <KeyValue
        pairs={[
          ['Asks for', callKindText[call.kind]],
          ['Reason', call.reason],
          ['Called on', <DayText day={call.calledOn} today={today} locale={locale} />],
          ['Called by', call.calledBy],
          ['Due', <DayText day={call.dueOn} today={today} locale={locale} relative />],
          ['Amount', money(call.amount)],
          ['Received', money(call.received)],
          ...(call.cancelReason === null
            ? [['Open', money(call.amount - call.received)] as [string, ComponentChildren]]
            : [['Cancelled because', call.cancelReason] as [string, ComponentChildren]]),
        ]}
      />
    </Card>
  );
}

function Receipts({ page, view: { call, receipts, today } }: Props) {
  const locale = localeOf(page);
  const money = (minor: bigint) => <MoneyCell minor={minor} currency={call.currency} locale={locale} />;
  return (
    <Card title="What has come" note={`In ${call.currency}`} flush>
      <Table
        caption={`Receipts of call ${call.reference}`}
        rows={receipts}
        rowHref={({ id }) => `/drawdown-receipts/${id}`}
        rowTone={({ reversalReason }) => (reversalReason === null ? undefined : 'muted')}
        empty={{
          icon: 'cash',
          title: 'Nothing has come yet',
          text: `Payments that name ${call.reference} are found by it on the bank’s statement.`,
        }}
        columns={[
          {
            heading: 'Received on',
            cell: ({ receivedOn }) => <DayText day={receivedOn} today={today} locale={locale} />,
            foot: 'Received',
          },
          {
            heading: 'Bank reference',
            cell: ({ bankReference, reversalReason }) => (
              <>
                {bankReference}
                {reversalReason !== null && <span class="tb-under">reversed: {reversalReason}</span>}
              </>
            ),
          },
          { heading: 'Recorded by', wideOnly: true, cell: ({ recordedBy }) => recordedBy },
          {
            heading: 'Amount',
            kind: 'number',
            cell: ({ amount }) => money(amount),
            foot: money(call.received),
          },
        ]}
      />
    </Card>
  );
}

function Record({ page, view: { call, today }, refused }: Props) {
  const refusal = refused?.of === 'receive' ? refused : undefined;
  const open = formatAmount(call.amount - call.received, call.currency);
  return (
    <Card title="Record a receipt" note="What has come on the bank account, whole or a part">
      <Form
        action={`/drawdown-calls/${call.id}/receipts`}
        csrf={page.csrf}
        locale={localeOf(page)}
        idempotencyKey={newIdempotencyKey()}
        values={refusal?.values ?? { amount: open, receivedOn: today }}
        errors={refusal?.errors}
        detail={refusal?.detail}
        submit="Record the receipt"
      >
        <AmountField name="amount" label="Amount" currency={call.currency} />
        <DayField name="receivedOn" label="Received on" max={today} />
        <TextField
          name="bankReference"
          label="Bank reference"
          maxLength={140}
          autocomplete="off"
          help="As it stands on the bank statement. Each is recorded once for a call."
        />
      </Form>
    </Card>
  );
}

function Cancel({ page, view: { call }, refused }: Props) {
  const refusal = refused?.of === 'cancel' ? refused : undefined;
  return (
    <Card title="Cancel it" note="Nothing more is expected; what has come stays">
      <Form
        action={`/drawdown-calls/${call.id}/cancel`}
        csrf={page.csrf}
        locale={localeOf(page)}
        values={refusal?.values ?? {}}
        errors={refusal?.errors}
        detail={refusal?.detail}
        submit="Cancel the call"
        plain
      >
        <LongTextField name="reason" label="Why" rows={2} maxLength={500} />
      </Form>
    </Card>
  );
}
