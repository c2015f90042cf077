import type { Day } from '../../maths/day.js';
import { dayText, instantText, relativeDayText } from '../format.js';

interface DayTextProps {
  day: Day;
  /** In the coalition's time zone: `todayIn(timeZone, now)`. */
  today: Day;
  locale: string;
  /** Says "in 6 days" beside the date, where the distance matters; else it is in the title. */
  relative?: boolean;
}

/** A calendar date, short and absolute, with how far off it is. */
export function DayText({ day, today, locale, relative = false }: DayTextProps) {
  const distance = relativeDayText(day, today, locale);
  return (
    <span class="tb-day">
      <time dateTime={day} title={distance}>
        {dayText(day, locale)}
      </time>
      {relative && ' '}
      {relative && <span class="tb-quiet">{distance}</span>}
    </span>
  );
}

/** An instant, as people in the time zone read it; the exact UTC instant is in the title. */
export function InstantText({ at, timeZone, locale }: { at: Date; timeZone: string; locale: string }) {
  return (
    <time class="tb-day" dateTime={at.toISOString()} title={`${at.toISOString()} (UTC)`}>
      {instantText(at, timeZone, locale)}
    </time>
  );
}
