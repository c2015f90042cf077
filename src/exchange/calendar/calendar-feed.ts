import ical, { ICalCalendarMethod } from 'ical-generator';
import { addDays } from '../../maths/day.js';
import { moneyText } from '../../web/format.js';
import type { CalendarDate, DateKind } from './calendar-dates.js';

/** What a date is called in a calendar. */
const titles: Record<DateKind, (date: CalendarDate, money: string) => string> = {
  spendReport: ({ about, of }) => `Spend report due: ${about}, ${of}`,
  instalment: ({ about, of }, money) => `Instalment ${money}: ${about}, ${of}`,
  pledgeInstalment: ({ about, of }, money) => `Pledge due ${money}: ${about}, ${of}`,
  vote: ({ about }) => `Last day to vote: ${about}`,
  outcomeInvoice: ({ about, of }, money) => `Outcome payment due ${money}: ${about}, ${of}`,
  drawdownCall: ({ about, of }, money) => `Capital called ${money}: ${about}, ${of}`,
  curveAction: ({ about, of }) => `Action due: ${about} (${of})`,
};

/** How often calendars are asked to look again, in seconds. */
const everySeconds = 6 * 60 * 60;

interface Feed {
  dates: CalendarDate[];
  locale: string;
  now: Date;
  /** Where the pages are: "https://tributary.example.org". */
  publicUrl: string;
}

/**
 * Dates as an iCalendar feed (RFC 5545): whole days, since what is due is due on a day wherever its reader is. An
 * entry keeps its UID for as long as it is due, so that one that moves is moved, not doubled.
 */
export function calendarFeed({ dates, locale, now, publicUrl }: Feed): string {
  const calendar = ical({
    name: 'Tributary',
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: 'Tributary', product: 'Due dates', language: 'EN' },
    ttl: everySeconds,
  });
  for (const date of dates) {
    const money = date.amount === null ? '' : moneyText(date.amount, date.currency!, locale);
    const url = `${publicUrl}${date.path}`;
    calendar.createEvent({
      id: `${date.kind}-${date.id}@tributary`,
      stamp: now,
      start: midnight(date.dueOn),
      end: midnight(addDays(date.dueOn, 1)),
      allDay: true,
      summary: titles[date.kind](date, money),
      description: `${date.coalition}\n${url}`,
      url,
    });
  }
  return calendar.toString();
}

const midnight = (day: string): Date => new Date(`${day}T00:00:00Z`);
