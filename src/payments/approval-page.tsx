import type { Day } from '../maths/day.js';
import type { Signature } from '../pools/approvals/approvals.read.js';
import { tiersText } from '../pools/policy-words.js';
import { ActionButton } from '../web/components/actions.js';
import { Card, Columns, Stack } from '../web/components/card.js';
import { CardsOfLaterRooms } from '../web/components/cards-of-later-rooms.js';
import { DayText, InstantText } from '../web/components/dates.js';
import { History } from '../web/components/history.js';
import { KeyValue } from '../web/components/key-value.js';
import { Money } from '../web/components/money.js';
import { PageHeader } from '../web/components/page-links.js';
import { Notice } from '../web/components/problem.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { HiddenField, LongTextField } from '../web/forms/fields.js';
import { Form } from '../web/forms/form.js';
import { dayText, moneyText, plural } from '../web/format.js';
import type { PageContext } from '../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../web/pages.js';
import { Shell } from '../web/shell.js';
import { type ApprovalView, whyNotYours } from './approval-view.js';
import { ContentLines } from './content-lines.js';

interface Props {
  page: PageContext;
  view: ApprovalView;
  /** What was refused, and by which of the forms. */
  refusal?: Refusal & { of: 'approve' | 'reject' | 'withdraw' };
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

/** What somebody asked for, exactly, and the decision over it. */
export function ApprovalPage({ page, view, refusal }: Props) {
  const { approval, history, timeZone } = view;
  const locale = localeOf(page);
  return (
    <Shell page={page}>
      <PageHeader
        title={titleOf(view, locale)}
        facts={
          <>
            <StatusBadge of="approval" state={approval.state} />
            <span>
              {approval.given} of {plural(approval.required, 'signature')}
            </span>
          </>
        }
      />
      <Columns kind="main">
        <Stack>
          <WhatIsAsked page={page} view={view} />
          <Decision page={page} view={view} refusal={refusal} />
        </Stack>
        <Stack>
          {view.payment && <PoolNow page={page} view={view} />}
          <CardsOfLaterRooms page={page} />
          <Card title="What happened">
            <History
              events={history}
              actions={{
                'approval.asked': 'asked for it',
                'approval.signed': 'approved it',
                'approval.rejected': 'rejected it',
                'approval.voided': 'took it back',
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

export function titleOf({ approval, payment, pool, content }: ApprovalView, locale: string): string {
  if (payment) return `Release ${moneyText(payment.amount, payment.currency, locale)} to ${payment.payee}`;
  if (approval.subjectKind !== 'periodUnlock' || !pool) return approval.summary;
  const { through } = content;
  return typeof through === 'string'
    ? `Unlock ${pool.name} after ${dayText(through, locale)}`
    : `Unlock ${pool.name}`;
}

function WhatIsAsked({ page, view }: Props) {
  const { approval, content, pool, payment, signatures, timeZone } = view;
  const locale = localeOf(page);
  return (
    <Card title="What is asked for" note="Any change to it makes this request void">
      {payment && <PaymentFacts page={page} view={view} />}
      {approval.subjectKind === 'periodUnlock' && <UnlockFacts page={page} view={view} />}
      {!['disbursement', 'periodUnlock'].includes(approval.subjectKind) && (
        <ContentLines content={content} locale={locale} />
      )}
      <KeyValue
        pairs={[
          ['Pool', pool && <a href={`/pools/${pool.id}`}>{pool.name}</a>],
          ['Asked by', approval.madeByName],
          ['Signed by', signatures.length > 0 && signatures.map(signatureText).join(', ')],
          ['Asked', <InstantText at={approval.madeAt} timeZone={timeZone} locale={locale} />],
          ['Payment', payment && <a href={`/disbursements/${payment.id}`}>How far it has come</a>],
          [
            'Content',
            <code title="SHA-256 of what is asked for: a signature holds for this and nothing else">
              {approval.contentHash.slice(0, 12)}…
            </code>,
          ],
        ]}
      />
    </Card>
  );
}

/** "Ann Field", or "Ben Wood for Ann Field". */
const signatureText = ({ name, inSteadOf }: Signature): string =>
  inSteadOf === null ? name : `${name} for ${inSteadOf}`;

function PaymentFacts({ page, view: { payment, today } }: Props) {
  const locale = localeOf(page);
  if (!payment) return null;
  return (
    <KeyValue
      pairs={[
        ['Amount', <Money minor={payment.amount} currency={payment.currency} locale={locale} />],
        ['To', payment.payee],
        [
          'For',
          <a href={`/grants/${payment.grantId}`}>
            {payment.grantReference} {payment.grantTitle}, instalment {payment.instalmentNumber}
          </a>,
        ],
        ['Due', <DayText day={payment.dueOn} today={today} locale={locale} relative />],
      ]}
    />
  );
}

function UnlockFacts({ page, view: { content, today } }: Props) {
  const { from, through, reason } = content as { from: Day; through: Day | null; reason: string };
  const day = (on: Day) => <DayText day={on} today={today} locale={localeOf(page)} />;
  return (
    <KeyValue
      pairs={[
        ['Locked through now', day(from)],
        ['Locked through then', through ? day(through) : 'not locked'],
        ['Reason', reason],
      ]}
    />
  );
}

function Decision({ page, view, refusal }: Props) {
  const { approval, personId } = view;
  if (approval.state !== 'open') return null;
  const { roles = [] } = page.coalition ?? {};
  const why = whyNotYours(view, roles.includes('approver'));
  const isMaker = approval.madeBy === personId;
  return (
    <Card title="Your decision">
      {refusal?.of === 'approve' && <Notice kind="problem" text={refusal.detail} />}
      {!why && !roles.includes('approver') && view.inSteadOf && (
        <Notice text={`You decide in the stead of ${view.inSteadOf}.`} />
      )}
      {why ? <Notice text={why} /> : <Verdict page={page} view={view} refusal={refusal} />}
      {isMaker && <Withdraw page={page} view={view} refusal={refusal} />}
    </Card>
  );
}

function Verdict({ page, view, refusal }: Props) {
  const { approval, payment } = view;
  const locale = localeOf(page);
  const address = `/approvals/${approval.id}`;
  const { contentHash } = approval;
  const refused = refusal?.of === 'reject' ? refusal : undefined;
  return (
    <>
      <ActionButton
        label={
          payment
            ? `Approve ${moneyText(payment.amount, payment.currency, locale)} to ${payment.payee}`
            : 'Approve'
        }
        action={`${address}/approve`}
        csrf={page.csrf}
        weight="primary"
        icon="signature"
        fields={{ contentHash }}
        idempotencyKey={newIdempotencyKey()}
      />
      <details class="tb-more" open={refused !== undefined}>
        <summary>Reject it instead</summary>
        <Form
          action={`${address}/reject`}
          csrf={page.csrf}
          locale={locale}
          idempotencyKey={newIdempotencyKey()}
          values={refused?.values}
          errors={refused?.errors}
          detail={refused?.detail}
          submit="Reject it"
        >
          <HiddenField name="contentHash" value={contentHash} />
          <LongTextField
            name="reason"
            label="Why"
            rows={3}
            maxLength={500}
            help={`${approval.madeByName} will read this.`}
          />
        </Form>
      </details>
    </>
  );
}

function Withdraw({ page, view: { approval }, refusal }: Props) {
  const refused = refusal?.of === 'withdraw' ? refusal : undefined;
  return (
    <details class="tb-more" open={refused !== undefined}>
      <summary>Take it back</summary>
      <Form
        action={`/approvals/${approval.id}/withdraw`}
        csrf={page.csrf}
        locale={localeOf(page)}
        idempotencyKey={newIdempotencyKey()}
        values={refused?.values}
        errors={refused?.errors}
        detail={refused?.detail}
        submit="Take it back"
      >
        <LongTextField name="reason" label="Why" rows={3} maxLength={500} />
      </Form>
    </details>
  );
}

function PoolNow({ page, view: { pool, approval } }: Props) {
  const locale = localeOf(page);
  if (!pool) return null;
  const money = (minor: bigint) => <Money minor={minor} currency={pool.currency} locale={locale} />;
  return (
    <Card title="What the pool can pay" note={pool.name}>
      <KeyValue
        pairs={[
          ['Cash', money(pool.position.cash)],
          ['Fees owed', money(pool.position.feesPayable)],
          ['Restricted', money(pool.position.fundBalances - pool.position.unearmarked)],
          ['Approved, not settled', money(pool.position.approvedUnsettled)],
          ['Reserve', money(pool.position.reserve)],
          ['Available to pay out', money(pool.position.availableToDisburse)],
          ['Who approves', tiersText(pool.approvalTiers, pool.currency, locale)],
          ['Needed here', plural(approval.required, 'signature')],
        ]}
      />
    </Card>
  );
}
