import { coalitionCalendar } from '../coalitions/coalition.js';
import type { Day } from '../maths/day.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, fieldError } from '../platform/errors/domain-error.js';
import { type LockedPool, requireOpenPeriod } from '../pools/pool-position.js';

/** What was recorded of the bank, and may be found to be a mistake. */
export interface Recorded {
  on: Day;
  recordedBy: string | null;
  reversedAt: Date | null;
}

/**
 * Refuses to take back what was taken back already, what one recorded oneself, and a day before it happened.
 * @param what "receipt", as it is called in the sentence
 * @throws stateForbids, makerIsChecker; ruleBroken or periodLocked naming `/occurredOn`
 */
export async function requireReversible(
  tx: Tx,
  pool: LockedPool,
  what: string,
  recorded: Recorded,
  occurredOn: Day,
): Promise<void> {
  if (recorded.reversedAt !== null)
    throw new DomainError('stateForbids', `This ${what} is reversed already.`);
  if (recorded.recordedBy !== null && recorded.recordedBy === tx.actor.personId) {
    throw new DomainError('makerIsChecker', `You recorded this ${what}, so somebody else must reverse it.`);
  }
  if (occurredOn < recorded.on) {
    const sentence = `It happened on ${recorded.on}: it cannot be reversed before that.`;
    throw fieldError('ruleBroken', '/occurredOn', sentence);
  }
  await requirePastDay(tx, pool, occurredOn, '/occurredOn');
}

/** Refuses a day that has not come, or lies in a locked period. @throws ruleBroken, periodLocked */
export async function requirePastDay(tx: Tx, pool: LockedPool, on: Day, pointer: string): Promise<void> {
  const { today } = await coalitionCalendar(tx, pool.coalitionId);
  if (on > today) throw fieldError('ruleBroken', pointer, 'This cannot lie in the future.');
  requireOpenPeriod(pool, on, pointer);
}
