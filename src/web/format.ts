import { daysBetween, dayInZone, type Day } from '../maths/day.js';
import { formatMoney } from '../maths/money.js';

const formatters = new Map<string, Intl.DateTimeFormat>();

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formatters.set(key, known);
  return known;
}

/** "£1,250.00": minor units for people, by locale. `symbol: false` where a heading names the currency. */
export function moneyText(minor: bigint, currency: string, locale: string, symbol = true): string {
  return formatMoney(minor, currency, locale, { symbol });
}

/** "£4.2m": a short form for the axis of a chart, cut to one decimal toward zero. Never for a figure one acts on. */
export function shortMoneyText(minor: bigint, currency: string, locale: string): string {
  const digits = moneyDigits(currency);
  const major = minor / 10n ** BigInt(digits);
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    notation: 'compact',
    minimumFractionDigits: 0,
    maximumFractionDigits: 1,
    roundingMode: 'trunc',
  })
    .format(major)
    .replace('-', '\u2212');
}

function moneyDigits(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

/** "4 Jan 2027" in the person's locale. */
export function dayText(day: Day, locale: string): string {
  return dateFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    noon(day),
  );
}

/** "Jan 2027" in the person's locale. */
export function monthText(month: string, locale: string): string {
  return dateFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(noon(`${month}-01`));
}

const noon = (day: Day): Date => new Date(`${day}T12:00:00Z`);

/** "in 6 days", "yesterday", "3 months ago": how far a day lies from today. */
export function relativeDayText(day: Day, today: Day, locale: string): string {
  const days = daysBetween(today, day);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  if (Math.abs(days) < 60) return relative.format(days, 'day');
  if (Math.abs(days) < 730) return relative.format(Math.trunc(days / 30.44), 'month');
  return relative.format(Math.trunc(days / 365.25), 'year');
}

/** "23 Nov 2026, 14:05" in a time zone. */
export function instantText(instant: Date, timeZone: string, locale: string): string {
  return dateFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  }).format(instant);
}

/** Today, as people in the time zone read it. */
export function todayIn(timeZone: string, now: Date): Day {
  return dayInZone(now, timeZone);
}

/** "1,689" in the person's locale. */
export function countText(count: number | bigint, locale: string): string {
  return new Intl.NumberFormat(locale).format(count);
}

/** "62.9%": part of whole to the nearest tenth of a per cent, halves up; only all of it is 100%, only nothing 0%. */
export function shareText(part: bigint, whole: bigint, locale: string): string {
  if (whole === 0n) return '–';
  const nearest = (part * 2000n + whole) / (whole * 2n);
  const tenths = nearest === 1000n && part < whole ? 999n : nearest === 0n && part > 0n ? 1n : nearest;
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(
    Number(tenths) / 1000,
  );
}

/** "1,250.50": a plain decimal with so many places, rounded half-even, in the person's locale. */
export function decimalText(value: string, places: number, locale: string): string {
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
    roundingMode: 'halfEven',
    signDisplay: 'negative',
  })
    .format(value as `${number}`)
    .replace('-', '\u2212');
}

/** "+11.4%": a ratio such as "0.113821" as a change in per cent, to a tenth. */
export function changeText(ratio: string, locale: string): string {
  return percentFormat(locale, { signDisplay: 'exceptZero' })
    .format(ratio as `${number}`)
    .replace('-', '\u2212');
}

/** "97.9%": a ratio such as "0.978571" in per cent, to a tenth. */
export const ratioText = (ratio: string, locale: string): string =>
  percentFormat(locale, {})
    .format(ratio as `${number}`)
    .replace('-', '\u2212');

const percentFormat = (locale: string, more: Intl.NumberFormatOptions): Intl.NumberFormat =>
  new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: 1,
    roundingMode: 'halfEven',
    ...more,
  });

/** "1 payment", "2 payments": a count with its noun. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${countText(count, 'en-GB')} ${count === 1 ? one : many}`;
}
