import type { Day } from '../maths/day.js';
import type { HistoryEvent } from '../platform/audit/history.js';
import { ActionLink } from '../web/components/actions.js';
import { Card, Columns, Stack } from '../web/components/card.js';
import { DayText } from '../web/components/dates.js';
import { History } from '../web/components/history.js';
import { KeyValue } from '../web/components/key-value.js';
import { Money } from '../web/components/money.js';
import { PageHeader } from '../web/components/page-links.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { type Step, Steps } from '../web/components/timeline.js';
import { DayField, TextField } from '../web/forms/fields.js';
import { Form } from '../web/forms/form.js';
import { moneyText } from '../web/format.js';
import type { PageContext } from '../web/page-context.js';
import { newIdempotencyKey } from '../web/pages.js';
import { Shell } from '../web/shell.js';
import type { Approval } from '../pools/approvals/approvals.service.js';
import type { Disbursement, FunderPart } from './disbursements.read.js';
import { WhoseMoneyCard } from './whose-money-card.js';

export interface DisbursementView {
  payment: Disbursement;
  approval: Approval;
  /** Whose money paid it; before it is paid, whose it would be now. */
  parts: FunderPart[];
  history: HistoryEvent[];
  timeZone: string;
  today: Day;
}

interface Props {
  page: PageContext;
  view: DisbursementView;
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

/** One payment: how far it has come, who agreed to it, and whose money it was. */
export function DisbursementPage({ page, view }: Props) {
  const { payment, history, timeZone } = view;
  const locale = localeOf(page);
  const mayRecord = payment.state === 'approved' && page.coalition?.roles.includes('finance');
  return (
    <Shell page={page}>
      <PageHeader
        title={`${moneyText(payment.amount, payment.currency, locale)} to ${payment.payee}`}
        facts={<StatusBadge of="disbursement" state={payment.state} />}
      >
        {mayRecord && (
          <ActionLink
            label="Record the payment"
            href={`/disbursements/${payment.id}/settle`}
            icon="building-bank"
            weight="primary"
          />
        )}
      </PageHeader>
      <Steps label="The way of this payment" steps={stepsOf(view)} />
      <Columns kind="main">
        <WhoseMoneyCard page={page} payment={payment} parts={view.parts} />
        <Stack>
          <Facts page={page} view={view} />
          {payment.state === 'settled' && page.coalition?.roles.includes('finance') && (
            <CameBack page={page} view={view} />
          )}
          <Card title="What happened">
            <History
              events={history}
              actions={{
                'disbursement.proposed': 'asked for it',
                'disbursement.approved': 'approved it, the last who had to',
                'disbursement.rejected': 'stopped it',
                'disbursement.settled': 'recorded that the bank has paid',
                'disbursement.returned': 'recorded that it came back',
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

function stepsOf({ payment, approval }: DisbursementView): Step[] {
  const approved =
    payment.state === 'approved' || payment.state === 'settled' || payment.state === 'returned';
  const signatures = `${approval.given} of ${approval.required}`;
  const stopped = payment.state === 'rejected';
  return [
    { title: 'Due', state: 'done', href: `/grants/${payment.grantId}` },
    { title: 'Asked for', note: payment.madeBy, state: 'done', href: `/approvals/${payment.approvalId}` },
    {
      title: stopped ? 'Stopped' : approved ? 'Approved' : 'To approve',
      note: stopped ? 'the instalment is due again' : `${signatures} signed`,
      state: approved ? 'done' : 'current',
      href: `/approvals/${payment.approvalId}`,
    },
    {
      title: payment.state === 'settled' ? 'Paid' : payment.state === 'returned' ? 'Came back' : 'To pay',
      note: payment.returnReason ?? payment.bankReference ?? undefined,
      state: payment.entryId !== null ? 'done' : approved ? 'current' : 'open',
      href: payment.entryId === null ? undefined : `/entries/${payment.entryId}`,
    },
  ];
}

/** The bank has sent it back: its entry is reversed, and the instalment is due again. */
function CameBack({ page, view: { payment, today } }: Props) {
  return (
    <Card title="It came back?" note="Its funders get their shares again, and the instalment is due again">
      <Form
        action={`/disbursements/${payment.id}/return`}
        csrf={page.csrf}
        locale={localeOf(page)}
        idempotencyKey={newIdempotencyKey()}
        values={{ returnedOn: today }}
        submit="Record the return"
        plain
      >
        <DayField name="returnedOn" label="Came back on" max={today} />
        <TextField
          name="reason"
          label="Reason"
          maxLength={500}
          help="As the bank gives it: AC04, account closed."
        />
      </Form>
    </Card>
  );
}

function Facts({ page, view }: Props) {
  const { payment, today } = view;
  const locale = localeOf(page);
  return (
    <Card title="The payment">
      <KeyValue
        pairs={[
          ['Amount', <Money minor={payment.amount} currency={payment.currency} locale={locale} />],
          ...(payment.fee === 0n
            ? []
            : ([
                [
                  'Fee to the host',
                  <Money minor={payment.fee} currency={payment.currency} locale={locale} />,
                ],
              ] as const)),
          ...(payment.paidAmount === null || payment.paidCurrency === null
            ? []
            : ([
                [
                  'Paid as',
                  <Money minor={payment.paidAmount} currency={payment.paidCurrency} locale={locale} />,
                ],
              ] as const)),
          ...(payment.chargedAmount === null
            ? []
            : ([
                [
                  'Left the account',
                  <Money minor={payment.chargedAmount} currency={payment.currency} locale={locale} />,
                ],
              ] as const)),
          ['To', payment.payee],
          [
            'For',
            <a href={`/grants/${payment.grantId}`}>
              {payment.grantReference} {payment.grantTitle}, instalment {payment.instalmentNumber}
            </a>,
          ],
          ['Due', <DayText day={payment.dueOn} today={today} locale={locale} relative />],
          ['Asked for by', payment.madeBy],
          ['Paid', payment.paidOn && <DayText day={payment.paidOn} today={today} locale={locale} relative />],
          ['Bank reference', payment.bankReference],
          ['Recorded by', payment.settledBy],
          [
            'Ledger',
            payment.entryId && <a href={`/entries/${payment.entryId}`}>The entry and its postings</a>,
          ],
        ]}
      />
    </Card>
  );
}
