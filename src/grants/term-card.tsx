import type { Day } from '../maths/day.js';
import { sum } from '../maths/money.js';
import { Card } from '../web/components/card.js';
import { DayText } from '../web/components/dates.js';
import type { IconName } from '../web/components/icon.js';
import { Money } from '../web/components/money.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { Timeline, type TimelineMark } from '../web/components/timeline.js';
import { dayText } from '../web/format.js';
import { foldTerm, type TermMark } from './grant-term.js';
import type { ScheduleLine } from './grant-view.js';
import { triggerText } from './triggers/trigger.rules.js';
import type { InstalmentState } from './instalment.rules.js';

interface Props {
  grant: { startOn: Day; endOn: Day; currency: string };
  lines: readonly ScheduleLine[];
  today: Day;
  locale: string;
}

type Look = readonly [tone: NonNullable<TimelineMark['tone']>, icon?: IconName];

const looks: Record<InstalmentState, Look> = {
  planned: ['quiet'],
  due: ['waiting', 'calendar-due'],
  held: ['warning', 'player-pause'],
  approved: ['active', 'checks'],
  inPayment: ['active', 'building-bank'],
  paid: ['good', 'check'],
  cancelled: ['quiet', 'ban'],
  returned: ['bad', 'arrow-back-up'],
};

/** The term of a grant from its first day to its last, with its instalments as marks and today as a line. */
export function TermCard({ grant, lines, today, locale }: Props) {
  const marks = foldTerm(lines);
  const dated: { day: Day; mark: TimelineMark }[] = [
    { day: grant.startOn, mark: edge('The term begins', grant.startOn, today, locale) },
    ...marks.map((mark) => ({ day: dayOf(mark[0]), mark: markOf(mark, grant.currency, today, locale) })),
    { day: grant.endOn, mark: edge('The term ends', grant.endOn, today, locale) },
  ];
  // What is due and not paid lies before today, as a debt does.
  const now = dated.findIndex(({ day }) => day > today);
  return (
    <Card title="Term">
      <Timeline
        label="The term of the grant, with its instalments"
        marks={dated.map(({ mark }) => mark)}
        now={now === -1 ? undefined : now}
      />
    </Card>
  );
}

const edge = (title: string, day: Day, today: Day, locale: string): TimelineMark => ({
  when: <DayText day={day} today={today} locale={locale} />,
  title,
  icon: 'calendar',
});

/** One that waits stands where it is expected at the latest. */
const dayOf = ({ dueOn, nominalOn }: ScheduleLine): Day => dueOn ?? nominalOn;

const noteOf = ({ dueOn, after, holdReasons }: ScheduleLine, currency: string, locale: string) =>
  dueOn === null && after ? triggerText(after, currency, locale) : holdReasons[0]?.text;

function markOf(mark: TermMark, currency: string, today: Day, locale: string): TimelineMark {
  const [first] = mark;
  const last = mark.at(-1)!;
  const [tone, icon] = looks[first.state];
  const isOne = mark.length === 1;
  const isWaiting = first.dueOn === null;
  return {
    when: (
      <>
        {isWaiting && 'by '}
        <DayText day={dayOf(first)} today={today} locale={locale} />
      </>
    ),
    title: isOne ? `Instalment ${first.number}` : `Instalments ${first.number} to ${last.number}`,
    note: isOne ? noteOf(first, currency, locale) : `until ${dayText(dayOf(last), locale)}`,
    figure: <Money minor={sum(mark.map(({ amount }) => amount))} currency={currency} locale={locale} />,
    status: <StatusBadge of="instalment" state={first.state} />,
    tone,
    icon,
    href: isOne ? first.href : '#schedule',
  };
}
