import { DecisionKeyField } from '../decisions/decision-key-field.js';
import { ActionLink } from '../web/components/actions.js';
import { Card } from '../web/components/card.js';
import { KeyValue } from '../web/components/key-value.js';
import { Money } from '../web/components/money.js';
import { Notice } from '../web/components/problem.js';
import { LongTextField, TextField } from '../web/forms/fields.js';
import { Form } from '../web/forms/form.js';
import { moneyText } from '../web/format.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../web/pages.js';
import { stepsFrom } from './grant.rules.js';
import type { GrantView } from './grant-view.js';

export interface GrantPageProps {
  page: PageContext;
  view: GrantView;
  /** A decision that was refused, and which. */
  refusal?: Refusal & { of: 'award' | 'decline' | 'cancel' };
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

/** What those who look at the grant may decide on it now; nothing where there is nothing for them to decide. */
export function GrantDecision(props: GrantPageProps) {
  const { grant, personId } = props.view;
  const steps = stepsFrom(grant.state);
  const { roles = [] } = props.page.coalition ?? {};
  const mayAward = steps.includes('award') && roles.includes('approver');
  const mayCancel = steps.includes('cancel') && roles.includes('backbone');
  if (!mayAward && !mayCancel) return null;
  const isOwn = grant.proposedBy !== null && grant.proposedBy === personId;
  return (
    <Card title={mayAward ? 'Your decision' : 'Before the award'}>
      <Headroom {...props} />
      {mayAward && isOwn && <Notice text="You proposed this grant, so somebody else must decide on it." />}
      {mayAward && !isOwn && <Award {...props} />}
      {mayAward && !isOwn && (
        <GiveReasonFor {...props} step="decline" summary="Decline it instead" submit="Decline the grant" />
      )}
      {mayCancel && (
        <ActionLink
          label="Put the award to the vote"
          href={`${coalitionPath(grant.coalitionId, 'decisions')}/new?subject=grantAward:${grant.id}`}
          icon="gavel"
        />
      )}
      {mayCancel && <GiveReasonFor {...props} step="cancel" summary="Cancel it" submit="Cancel the grant" />}
    </Card>
  );
}

/** What the pool can promise, before and after: the award is refused where it is not enough. */
function Headroom({ page, view: { grant, pool } }: GrantPageProps) {
  const money = (minor: bigint) => (
    <Money minor={minor} currency={grant.currency} locale={localeOf(page)} href={`/pools/${pool.id}`} />
  );
  const left = pool.availableToCommit - grant.amount;
  return (
    <>
      <KeyValue
        pairs={[
          ['The pool can commit', money(pool.availableToCommit)],
          ['After this award', left >= 0n && money(left)],
        ]}
      />
      {left < 0n && (
        <Notice
          kind="warning"
          text={`The pool is short by ${moneyText(-left, grant.currency, localeOf(page))}: it cannot be awarded yet.`}
        />
      )}
    </>
  );
}

function Award({ page, view: { grant, awardKeys }, refusal }: GrantPageProps) {
  const refused = refusal?.of === 'award' ? refusal : undefined;
  return (
    <Form
      action={`/grants/${grant.id}/award`}
      csrf={page.csrf}
      locale={localeOf(page)}
      idempotencyKey={newIdempotencyKey()}
      values={refused?.values}
      errors={refused?.errors}
      detail={refused?.detail}
      submit={`Award ${moneyText(grant.amount, grant.currency, localeOf(page))}`}
    >
      <DecisionKeyField choice={awardKeys} />
      {!awardKeys.isNeeded && (
        <TextField
          name="decisionReference"
          label={awardKeys.keys.length > 0 ? 'Or what else allows it' : 'Decision'}
          maxLength={120}
          optional={awardKeys.keys.length > 0}
          help="What allows it, such as “Board minute 2026/11-4”. It stays with the grant."
        />
      )}
    </Form>
  );
}

interface GiveReasonProps extends GrantPageProps {
  step: 'decline' | 'cancel';
  summary: string;
  submit: string;
}

function GiveReasonFor({ page, view: { grant }, refusal, step, summary, submit }: GiveReasonProps) {
  const refused = refusal?.of === step ? refusal : undefined;
  return (
    <details class="tb-more" open={refused !== undefined}>
      <summary>{summary}</summary>
      <Form
        action={`/grants/${grant.id}/${step}`}
        csrf={page.csrf}
        locale={localeOf(page)}
        values={refused?.values}
        errors={refused?.errors}
        detail={refused?.detail}
        submit={submit}
        plain
      >
        <LongTextField
          name="reason"
          label="Why"
          rows={3}
          maxLength={500}
          help="It stays with the grant, for everybody who sees it."
        />
      </Form>
    </details>
  );
}
