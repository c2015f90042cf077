import { addBusinessDays, type HolidayCalendar, isBusinessDay } from '../../maths/business-day.js';
import { addDays, type Day } from '../../maths/day.js';
import { DomainError, type FieldError, fieldError } from '../../platform/errors/domain-error.js';
import { bankText } from './bank-text.js';
import { MOST_REMITTANCE } from './pain001.js';

export const batchStates = ['open', 'released', 'sent', 'done', 'withdrawn'] as const;
export type BatchState = (typeof batchStates)[number];

/** How far ahead banks take an order. */
const MOST_DAYS_AHEAD = 365;

/**
 * The day on which the bank is to pay: a business day, today or later.
 * @throws ruleBroken naming the field
 */
export function requireExecutionDay(executionOn: Day, today: Day, holidays: HolidayCalendar): void {
  if (executionOn < today) {
    throw fieldError('ruleBroken', '/executionOn', 'The bank cannot pay in the past. Choose today or later.');
  }
  if (executionOn > addDays(today, MOST_DAYS_AHEAD)) {
    throw fieldError('ruleBroken', '/executionOn', 'Banks take orders for a year ahead at most.');
  }
  if (!isBusinessDay(executionOn, holidays)) {
    const next = addBusinessDays(executionOn, 1, holidays);
    throw fieldError(
      'ruleBroken',
      '/executionOn',
      `Banks are closed on that day. The next they pay on is ${next}.`,
    );
  }
}

/** The first day on which the bank can pay: today, where banks are open. */
export const firstExecutionDay = (today: Day, holidays: HolidayCalendar): Day =>
  isBusinessDay(today, holidays) ? today : addBusinessDays(today, 1, holidays);

/** A payment that is to go into a batch. */
export interface Candidate {
  disbursementId: string;
  state: string;
  /** The number of the living batch it is in already. */
  batchNumber: number | null;
  grantReference: string;
  instalmentNumber: number;
  payee: string;
  hasAccount: boolean;
}

/**
 * Refuses a batch unless each of its payments is approved, in no other, and has an account to go to: all that is wrong
 * at once, each naming its payment.
 */
export function requireBatchable(
  asked: readonly string[],
  found: readonly Candidate[],
  executionOn: Day,
): void {
  const errors = asked.flatMap((id, at): FieldError[] => {
    const message = whyNot(
      found.find(({ disbursementId }) => disbursementId === id),
      executionOn,
    );
    return message === null ? [] : [{ pointer: `/disbursementIds/${at}`, code: 'ruleBroken', message }];
  });
  if (errors.length === 0) return;
  const [first] = errors;
  const sentence =
    errors.length === 1 ? first!.message : `${errors.length} of these payments cannot go into the batch.`;
  throw new DomainError('ruleBroken', sentence, errors);
}

/** Why a payment cannot go into a batch, as a sentence; null when it can. */
export function whyNot(payment: Candidate | undefined, executionOn: Day): string | null {
  if (!payment) return 'This is not a payment of the pool.';
  const name = `${payment.grantReference}, instalment ${payment.instalmentNumber}`;
  if (payment.state !== 'approved') return `${name}: the payment is ${payment.state}, not approved.`;
  if (payment.batchNumber !== null) return `${name} is in batch ${payment.batchNumber} already.`;
  if (!payment.hasAccount) {
    return `${name}: ${payment.payee} has no bank account that may be used on ${executionOn}.`;
  }
  return null;
}

/** What the payee reads on its statement: the grant, the instalment, and who pays. 140 characters at most. */
export const remittanceOf = (payment: {
  grantReference: string;
  instalmentNumber: number;
  grantTitle: string;
  pool: string;
}): string =>
  bankText(
    `${payment.grantReference} instalment ${payment.instalmentNumber}, ${payment.grantTitle}, ${payment.pool}`,
    MOST_REMITTANCE,
  );

const leadsTo: Readonly<Record<BatchState, readonly BatchState[]>> = {
  open: ['released', 'withdrawn'],
  released: ['sent', 'done', 'withdrawn'],
  sent: ['done'],
  done: [],
  withdrawn: [],
};

const words: Readonly<Record<BatchState, string>> = {
  open: 'waits for its release',
  released: 'is released',
  sent: 'was sent to the bank',
  done: 'is paid',
  withdrawn: 'was withdrawn',
};

/** @throws stateForbids, saying the state and what it would allow */
export function requireBatchMove(from: BatchState, to: BatchState): void {
  if (leadsTo[from].includes(to)) return;
  const allowed = leadsTo[from];
  const next = allowed.length > 0 ? ` From there it can become ${allowed.join(' or ')}.` : '';
  throw new DomainError('stateForbids', `The batch ${words[from]}, so it cannot become ${to}.${next}`);
}
