import type { Day } from '../maths/day.js';
import { sum } from '../maths/money.js';
import { DayText } from '../web/components/dates.js';
import { MoneyCell } from '../web/components/money.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { type Column, Table } from '../web/components/table.js';
import { DueText } from './triggers/due-text.js';
import type { ScheduleLine } from './grant-view.js';

interface Props {
  lines: readonly ScheduleLine[];
  currency: string;
  today: Day;
  locale: string;
  /** False while the schedule is only looked at: nothing has a state yet. */
  withState?: boolean;
}

/** When which instalment is paid: the date agreed, the business day it is paid on, and the uplift apart. */
export function ScheduleTable({ lines, currency, today, locale, withState = true }: Props) {
  const hasUplift = lines.some(({ uplift }) => uplift !== 0n);
  const money = (minor: bigint) => <MoneyCell minor={minor} currency={currency} locale={locale} />;
  const total = (figure: (line: ScheduleLine) => bigint) =>
    money(sum(lines.filter(({ state }) => state !== 'cancelled').map(figure)));
  const basic: Column<ScheduleLine> = {
    heading: `Before uplift (${currency})`,
    kind: 'number',
    wideOnly: true,
    cell: ({ amount, uplift }) => money(amount - uplift),
    foot: total(({ amount, uplift }) => amount - uplift),
  };
  const uplift: Column<ScheduleLine> = {
    heading: 'Uplift',
    kind: 'number',
    wideOnly: true,
    cell: (line) => money(line.uplift),
    foot: total((line) => line.uplift),
  };
  const state: Column<ScheduleLine> = {
    heading: 'State',
    cell: ({ state, holdReasons }) => (
      <>
        <StatusBadge of="instalment" state={state} />
        {holdReasons.map(({ text }) => (
          <span class="tb-under">{text}</span>
        ))}
      </>
    ),
  };
  return (
    <Table
      caption="The instalments, in order"
      rows={lines}
      rowHref={({ href }) => href}
      rowTone={(line) =>
        line.state === 'held' ? 'attention' : line.state === 'cancelled' ? 'muted' : undefined
      }
      columns={[
        { heading: 'No.', cell: ({ number }) => number, foot: 'Total' },
        {
          heading: 'Due',
          cell: (line) => <DueText line={line} currency={currency} today={today} locale={locale} />,
        },
        {
          heading: 'Agreed for',
          wideOnly: true,
          cell: ({ nominalOn, dueOn }) =>
            dueOn === null ? (
              <span class="tb-quiet">no day yet</span>
            ) : nominalOn === dueOn ? (
              <span class="tb-quiet">the same day</span>
            ) : (
              <DayText day={nominalOn} today={today} locale={locale} />
            ),
        },
        ...(withState ? [state] : []),
        ...(hasUplift ? [basic, uplift] : []),
        {
          heading: `Amount (${currency})`,
          kind: 'number',
          cell: ({ amount }) => money(amount),
          foot: total(({ amount }) => amount),
        },
      ]}
    />
  );
}
