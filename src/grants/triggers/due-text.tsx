import type { Day } from '../../maths/day.js';
import { DayText } from '../../web/components/dates.js';
import { type Trigger, triggerText } from './trigger.rules.js';

interface Props {
  line: { nominalOn: Day; dueOn: Day | null; after: Trigger | null };
  currency: string;
  today: Day;
  locale: string;
  /** Whether a day is said as “in 6 days” too. */
  relative?: boolean;
}

/** When an instalment is due: its day, or what it waits for and by when that is expected at the latest. */
export function DueText({ line, currency, today, locale, relative }: Props) {
  const { nominalOn, dueOn, after } = line;
  if (dueOn === null) {
    return (
      <>
        {after && triggerText(after, currency, locale)}
        <span class="tb-under">
          expected by <DayText day={nominalOn} today={today} locale={locale} />
        </span>
      </>
    );
  }
  return (
    <>
      <DayText day={dueOn} today={today} locale={locale} relative={relative} />
      {after && <span class="tb-under">{triggerText(after, currency, locale)}</span>}
    </>
  );
}
