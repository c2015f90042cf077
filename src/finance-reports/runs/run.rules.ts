import type { ReportRun } from './runs.read.js';

/** Whoever makes a report says this often that they are still there; past the lease they are taken for gone. */
export const LEASE_MS = 60_000;
export const HEARTBEAT_MS = 2_000;

const MOST_ATTEMPTS = 3;
const FIRST_RETRY_MS = 30_000;

export type NextStep =
  { do: 'make' } | { do: 'nothing' } | { do: 'wait'; until: Date } | { do: 'giveUp'; reason: string };

/** What becomes of a run that is due: one that is being made is left alone until its maker has been silent too long. */
export function nextStep(
  { state, attempts, leaseUntil, failure }: Pick<ReportRun, 'state' | 'attempts' | 'leaseUntil' | 'failure'>,
  now: Date,
): NextStep {
  if (state !== 'queued' && state !== 'making') return { do: 'nothing' };
  if (state === 'making' && leaseUntil !== null && leaseUntil > now) return { do: 'wait', until: leaseUntil };
  if (attempts >= MOST_ATTEMPTS) {
    const reason = `It was begun ${MOST_ATTEMPTS} times, and each time its maker was gone before the end.`;
    return { do: 'giveUp', reason: failure ?? reason };
  }
  return { do: 'make' };
}

/** What follows from a failed attempt: another, four times as late as the one before; none after a refusal. */
export function afterFailure(
  attempt: number,
  { isRefusal }: { isRefusal: boolean },
): { do: 'giveUp' } | { do: 'retry'; afterMs: number } {
  if (isRefusal || attempt >= MOST_ATTEMPTS) return { do: 'giveUp' };
  return { do: 'retry', afterMs: FIRST_RETRY_MS * 4 ** (attempt - 1) };
}

/** Files that are larger together do not go along with a mail, which has links to them: many mailboxes take no more. */
const MOST_ATTACHED_BYTES = 5 * 1024 * 1024;

export const goAlong = (files: readonly { sizeBytes: number }[]): boolean =>
  files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) <= MOST_ATTACHED_BYTES;
