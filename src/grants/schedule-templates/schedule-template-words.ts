import { dayText, plural } from '../../web/format.js';
import type { ScheduleShape, TypedSlice } from '../grant-schedule.js';
import { readTrigger } from '../triggers/trigger-input.js';
import { triggerText } from '../triggers/trigger.rules.js';
import { percentOfRate } from '../uplift-percent.js';

/** A schedule in a line: “40 %, 30000.00 and what remains, every 12 months”. */
export function shapeText(shape: ScheduleShape, currency: string | null, locale = 'en-GB'): string {
  const { everyMonths, equalInstalments, slices = [], upliftRate, upliftIndex } = shape;
  const counted = equalInstalments ?? slices.filter(({ on, after }) => !on && !after).length;
  const parts =
    equalInstalments === undefined
      ? listText(slices.map((slice) => sliceText(slice, currency, locale)))
      : equalInstalments === 1
        ? '1 instalment'
        : `${equalInstalments} equal instalments`;
  return [
    parts,
    counted > 1 && `every ${plural(everyMonths, 'month').replace(/^1 /, '')}`,
    upliftRate !== undefined && `${percentOfRate(upliftRate)} % uplift a year`,
    upliftIndex !== undefined && 'uplift by a table',
  ]
    .filter(Boolean)
    .join(', ');
}

const listText = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`;

function sliceText(
  { percent, amount, on, after }: TypedSlice,
  currency: string | null,
  locale: string,
): string {
  const what = percent !== undefined ? `${percent} %` : (amount ?? 'what remains');
  if (on !== undefined) return `${what} on ${dayText(on, locale)}`;
  if (after === undefined) return what;
  // When that is expected, a template need not say.
  const trigger = readTrigger(
    { ...after, expectedOn: after.expectedOn ?? '2000-01-01' },
    currency ?? 'GBP',
    '',
  );
  return `${what} (${triggerText(trigger, currency ?? 'GBP', locale)})`;
}

/** The address of the schedules that a coalition keeps. */
export const templatesPath = (coalitionId: string): string => `/coalitions/${coalitionId}/schedule-templates`;
