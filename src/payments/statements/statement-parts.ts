import type { Day } from '../../maths/day.js';

/** A statement as its head and balances describe it. Minor units of its currency. */
export interface StatementHead {
  account: string;
  reference: string;
  currency: string;
  opening: bigint | null;
  closing: bigint | null;
  closingOn: Day | null;
}

/** A booked movement: what came is positive, what went negative. Minor units. */
export interface StatementLine {
  reference: string;
  bookedOn: Day;
  amount: bigint;
  endToEndId: string | null;
  remittance: string;
  counterparty: string;
  isReturn: boolean;
  returnReason: string | null;
}

/**
 * What a reader of any format tells, piece by piece: a statement begins with what is known of it, its lines follow, and
 * where more is known at the end (a CSV file has no head), it is told again. A warning is for the person who imports.
 */
export type StatementPart =
  | { kind: 'statement'; head: StatementHead }
  | { kind: 'line'; line: StatementLine }
  | { kind: 'end'; head: StatementHead }
  | { kind: 'warning'; text: string };

/** Why a file is no statement, as a whole sentence that says where. */
export class StatementRefused extends Error {}
