import { DecisionKeyField, type KeyChoice } from '../../decisions/decision-key-field.js';
import type { Day } from '../../maths/day.js';
import { ActionButton } from '../../web/components/actions.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { CardsOfLaterRooms } from '../../web/components/cards-of-later-rooms.js';
import { DayText, InstantText } from '../../web/components/dates.js';
import { KeyValue } from '../../web/components/key-value.js';
import { PageHeader } from '../../web/components/page-links.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { AmountField, DayField, LongTextField, TextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import type { GrantRow } from '../grants.read.js';
import { conditionText } from './condition.rules.js';
import { kindWords } from './condition-words.js';
import type { Condition } from './conditions.read.js';

interface Props {
  page: PageContext;
  view: { condition: Condition; grant: GrantRow; timeZone: string; today: Day; waiverKeys: KeyChoice };
  refusals: { meet?: Refusal; waiver?: Refusal };
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

/** A condition: what it asks for, how far it is met, and what may be done about it. */
export function ConditionPage({ page, view, refusals }: Props) {
  const { condition, grant } = view;
  const text = conditionText(condition, condition.currency, localeOf(page));
  const roles = page.coalition?.roles ?? [];
  const may = roles.includes('backbone') || roles.includes('finance');
  const isOpen = condition.state === 'open';
  const byHand =
    condition.kind !== 'reportAccepted' && condition.kind !== 'date' && condition.decisionId === null;
  const isEarly = grant.state === 'draft' || grant.state === 'proposed';
  return (
    <Shell page={page}>
      <PageHeader
        title={text.charAt(0).toUpperCase() + text.slice(1)}
        facts={<StatusBadge of="condition" state={condition.state} />}
      >
        {isOpen && isEarly && roles.includes('backbone') && (
          <ActionButton
            label="Take it off"
            action={`/conditions/${condition.id}/remove`}
            csrf={page.csrf}
            icon="trash"
          />
        )}
      </PageHeader>
      <Columns kind="main">
        <Stack>
          <Facts page={page} view={view} />
          {isOpen && may && byHand && <Meet page={page} view={view} refusal={refusals.meet} />}
          <CardsOfLaterRooms page={page} />
        </Stack>
        {isOpen && may && !isEarly && !condition.isWaiverAsked && (
          <Waive page={page} condition={condition} keys={view.waiverKeys} refusal={refusals.waiver} />
        )}
      </Columns>
    </Shell>
  );
}

function Facts({ page, view: { condition, grant, timeZone, today } }: Omit<Props, 'refusals'>) {
  const locale = localeOf(page);
  const day = (on: Day) => <DayText day={on} today={today} locale={locale} />;
  const { waiverApprovalId, waiverReason, isWaiverAsked, state } = condition;
  return (
    <Card title="The condition">
      <KeyValue
        pairs={[
          ['Grant', <a href={`/grants/${grant.id}`}>{grant.title}</a>],
          ['Kind', kindWords[condition.kind].label],
          [
            'Holds instalments agreed for',
            condition.appliesFrom === null ? 'none by itself' : <>{day(condition.appliesFrom)} or later</>,
          ],
          [
            'Motion',
            condition.decisionId && <a href={`/decisions/${condition.decisionId}`}>{condition.subject}</a>,
          ],
          ['Met on', condition.metOn && day(condition.metOn)],
          ['Proof', condition.note],
          ['Added by', condition.addedBy],
          ['Added', <InstantText at={condition.addedAt} timeZone={timeZone} locale={locale} />],
          ...(waiverApprovalId === null
            ? []
            : ([
                [
                  state === 'waived'
                    ? 'Waived'
                    : isWaiverAsked
                      ? 'Waiver asked for'
                      : 'A waiver was asked for',
                  <a href={`/approvals/${waiverApprovalId}`}>{waiverReason}</a>,
                ],
              ] as const)),
        ]}
      />
    </Card>
  );
}

function Meet({
  page,
  view: { condition, today },
  refusal,
}: Omit<Props, 'refusals'> & { refusal?: Refusal }) {
  const isMatch = condition.kind === 'matchMoneyRaised';
  return (
    <Card title={isMatch ? 'More was raised' : 'It is met'}>
      <Form
        action={`/conditions/${condition.id}/meet`}
        csrf={page.csrf}
        locale={localeOf(page)}
        values={refusal?.values ?? { metOn: today }}
        errors={refusal?.errors}
        detail={refusal?.detail}
        submit={isMatch ? 'Write down what was raised' : 'Say that it is met'}
      >
        {isMatch && (
          <AmountField
            name="amount"
            label="Raised besides"
            currency={condition.currency}
            help="What was not written down before."
          />
        )}
        <DayField name="metOn" label="On" max={today} />
        <TextField name="note" label="Proof" maxLength={500} help="Where one finds it." />
      </Form>
    </Card>
  );
}

interface WaiveProps {
  page: PageContext;
  condition: Condition;
  keys: KeyChoice;
  refusal?: Refusal;
}

function Waive({ page, condition, keys, refusal }: WaiveProps) {
  return (
    <Card title="Waive it" note="Others approve, and read the reason">
      <Form
        action={`/conditions/${condition.id}/waiver`}
        csrf={page.csrf}
        locale={localeOf(page)}
        values={refusal?.values ?? {}}
        errors={refusal?.errors}
        detail={refusal?.detail}
        submit="Ask to waive it"
        plain
      >
        <DecisionKeyField choice={keys} />
        <LongTextField name="reason" label="Reason" maxLength={500} rows={3} />
      </Form>
    </Card>
  );
}
