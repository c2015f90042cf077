import type { Day } from '../maths/day.js';
import { dayText } from '../web/format.js';

/** A period in words: "1 Jan 2027 – 31 Mar 2027". */
export const periodText = (
  { periodFrom, periodTo }: { periodFrom: Day; periodTo: Day },
  locale: string,
): string => `${dayText(periodFrom, locale)} – ${dayText(periodTo, locale)}`;
