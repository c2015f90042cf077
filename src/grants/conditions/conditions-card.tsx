import type { Day } from '../../maths/day.js';
import { ActionLink } from '../../web/components/actions.js';
import { Card } from '../../web/components/card.js';
import { DayText } from '../../web/components/dates.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import type { PageContext } from '../../web/page-context.js';
import type { GrantRow } from '../grants.read.js';
import { conditionText } from './condition.rules.js';
import type { Condition } from './conditions.read.js';

interface Props {
  page: PageContext;
  grant: GrantRow;
  conditions: readonly Condition[];
  today: Day;
}

const over = new Set(['closing', 'closed', 'declined', 'cancelled']);

/** What must hold before the grant is paid any further. */
export function ConditionsCard({ page, grant, conditions, today }: Props) {
  const locale = page.person?.locale ?? 'en-GB';
  const mayAdd = (page.coalition?.roles.includes('backbone') ?? false) && !over.has(grant.state);
  if (conditions.length === 0 && !mayAdd) return null;
  return (
    <Card
      id="conditions"
      title="Conditions"
      note="What is agreed for the day, or later, is held until it is met; what falls due after it has its day then"
      actions={
        mayAdd && (
          <ActionLink small label="Add a condition" href={`/grants/${grant.id}/conditions/new`} icon="plus" />
        )
      }
      flush
    >
      <Table
        caption="Conditions of the grant"
        rows={conditions}
        rowHref={({ id }) => `/conditions/${id}`}
        rowTone={({ state }) => (state === 'open' ? undefined : 'muted')}
        empty={{
          icon: 'checks',
          title: 'It is paid without conditions',
          text: 'A report accepted, a document, match money, a decision or a day can be agreed before it is paid further.',
        }}
        columns={[
          {
            heading: 'Before it is paid',
            cell: (condition) => conditionText(condition, condition.currency, locale),
          },
          {
            heading: 'Holds from',
            cell: ({ appliesFrom }) =>
              appliesFrom === null ? (
                <span class="tb-quiet">holds none: instalments fall due after it</span>
              ) : (
                <DayText day={appliesFrom} today={today} locale={locale} />
              ),
          },
          {
            heading: 'State',
            cell: ({ state, isWaiverAsked }) => (
              <StatusBadge
                of="condition"
                state={state}
                reason={isWaiverAsked ? 'waiver asked for' : undefined}
              />
            ),
          },
        ]}
      />
    </Card>
  );
}
