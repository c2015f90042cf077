import type { CoalitionCalendar } from '../../coalitions/coalition.js';
import { addDays } from '../../maths/day.js';
import { formatAmount } from '../../maths/money.js';
import { fieldError } from '../../platform/errors/domain-error.js';
import { planGrant, type ScheduleShape, type TypedSlice } from '../grant-schedule.js';

/** Fixed amounts are of a currency; a schedule without any fits every pool. */
export const hasAmounts = ({ slices = [] }: ScheduleShape): boolean =>
  slices.some(({ amount, after }) => amount !== undefined || after?.matchAmount !== undefined);

const anyCalendar: CoalitionCalendar = {
  ...{ timeZone: 'UTC', businessDay: 'none', holidays: null, today: '2000-01-01' },
};
const anyCurrency = 'GBP';
/** More than any fixed amounts take of it: what a template leaves open, a grant decides. */
const anAmount = 10n ** 15n;

/**
 * Holds a template to what any grant by it would be refused for: it is planned for a grant that there is not. Whether
 * fixed amounts alone come to the award, only a grant can tell.
 * @param currency of its fixed amounts
 * @throws ruleBroken naming the field
 */
export function requireShape(shape: ScheduleShape, currency: string | null): void {
  if (currency === null && hasAmounts(shape)) {
    throw fieldError('ruleBroken', '/currency', 'Say in which currency its amounts are.');
  }
  const slices = shape.slices?.map(expectedSomeDay);
  const firstOn = slices?.find(({ on }) => on !== undefined)?.on ?? anyCalendar.today;
  planGrant(
    {
      ...shape,
      ...{ baseAmount: formatAmount(anAmount, currency ?? anyCurrency), firstOn },
      slices: slices && withRest(slices),
    },
    currency ?? anyCurrency,
    anyCalendar,
  );
}

const expectedSomeDay = (slice: TypedSlice): TypedSlice => ({
  ...slice,
  after: slice.after && { ...slice.after, expectedOn: slice.after.expectedOn ?? anyCalendar.today },
});

/** Fixed amounts are not held to an amount that nobody has said: something else takes the rest of it. */
function withRest(slices: readonly TypedSlice[]): TypedSlice[] {
  const hasRest = slices.some(({ remaining }) => remaining === true);
  const hasFixed = slices.some(({ amount }) => amount !== undefined);
  if (hasRest || !hasFixed) return [...slices];
  const lastOn = slices.findLast(({ on }) => on !== undefined)?.on;
  return [...slices, { remaining: true, on: lastOn && addDays(lastOn, 1) }];
}
