import { addDays, compareDays, type Day } from '../maths/day.js';
import { DomainError, fieldError } from '../platform/errors/domain-error.js';
import { type Period, refuseOddPeriod } from './period.js';

export const seatFates = ['keep', 'carry', 'end'] as const;
export type SeatFate = (typeof seatFates)[number];

/** Where somebody works, or worked. */
export interface Employment extends Period {
  id: string;
  organisationId: string;
}

/**
 * What a change of employer on a day does: which employment ends, and after which day. Only the future is open to it;
 * an employment that is over stays as it was.
 * @throws ruleBroken, stateForbids
 */
export function changeOfEmployer(
  employments: readonly Employment[],
  { organisationId, sinceOn }: { organisationId: string | null; sinceOn: Day },
): { ended: Employment; lastDay: Day } | null {
  refuseOddPeriod({ sinceOn, untilOn: null });
  const open = employments.find(({ untilOn }) => untilOn === null);
  if (open === undefined && organisationId === null)
    throw new DomainError('stateForbids', 'No employer is recorded, so none can end.');
  if (open?.organisationId === organisationId)
    throw fieldError('ruleBroken', '/organisationId', 'They work there already.');
  const lastDay = addDays(sinceOn, -1);
  const overlapping = employments.find(
    ({ untilOn }) => untilOn !== null && compareDays(untilOn, sinceOn) >= 0,
  );
  if (overlapping) {
    const sentence = `They worked elsewhere until ${overlapping.untilOn!}. Choose a later day.`;
    throw fieldError('ruleBroken', '/sinceOn', sentence);
  }
  if (open === undefined) return null;
  if (compareDays(lastDay, open.sinceOn) < 0) {
    const sentence = `They began to work where they are on ${open.sinceOn}. Choose a later day.`;
    throw fieldError('ruleBroken', '/sinceOn', sentence);
  }
  return { ended: open, lastDay };
}
