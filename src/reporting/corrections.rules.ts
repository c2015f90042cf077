import { DomainError, fieldError } from '../platform/errors/domain-error.js';
import type { SpendReportState } from './spend-report.entity.js';

/** How long a partner is given for a correction that was begun, in calendar days. */
export const correctionDays = 14;

/** A report that somebody would correct. */
interface Correctable {
  state: SpendReportState;
  stands: boolean;
  /** A correction of it that is under way. */
  correctedById: string | null;
  /** Whether the grant was closed, or is about to be, on what its reports say. */
  isGrantClosed: boolean;
}

/**
 * Only what was accepted is corrected, and by one correction at a time; what is not accepted yet can be returned.
 * @throws stateForbids
 */
export function requireCorrectable({ state, correctedById, isGrantClosed }: Correctable): void {
  if (state === 'superseded') {
    throw new DomainError('stateForbids', 'A later report has corrected this one. Correct that one instead.');
  }
  if (state !== 'accepted') {
    throw new DomainError(
      'stateForbids',
      `A report that is ${state} cannot be corrected: it can still be changed, or returned.`,
    );
  }
  if (correctedById !== null) {
    throw new DomainError(
      'stateForbids',
      'A correction of this report is under way. Go on with that one, or withdraw it.',
    );
  }
  requireGrantOpen(isGrantClosed);
}

/** @throws stateForbids: what a grant was closed on stays as it was */
export function requireGrantOpen(isGrantClosed: boolean): void {
  if (!isGrantClosed) return;
  throw new DomainError(
    'stateForbids',
    'The grant was closed on what its reports say, so none of them can be corrected any more.',
  );
}

/** A later report that opens with what the corrected one closed with. Minor units. */
export interface Follower {
  id: string;
  /** Its period, in words. */
  period: string;
  closing: bigint;
}

/**
 * What a correction does to the reports after it: each opens and closes with so much more (or less). Refused where one
 * would then have spent more than there was.
 * @returns what to add to their openings and closings, in minor units
 * @throws ruleBroken naming the report that would fall short
 */
export function carryOn(
  closedBefore: bigint,
  closesNow: bigint,
  followers: readonly Follower[],
  show: (minor: bigint) => string,
): bigint {
  const change = closesNow - closedBefore;
  const short = followers.find(({ closing }) => closing + change < 0n);
  if (!short) return change;
  throw fieldError(
    'ruleBroken',
    '/lines',
    `With this, the report for ${short.period} would have spent ${show(-(short.closing + change))} more than there was. ` +
      'Correct the amounts, or that report first.',
  );
}
