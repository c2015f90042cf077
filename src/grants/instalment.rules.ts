import { DomainError } from '../platform/errors/domain-error.js';

export type InstalmentState =
  'planned' | 'due' | 'held' | 'approved' | 'inPayment' | 'paid' | 'cancelled' | 'returned';

/** Why an instalment is held: a code for programs, a sentence for people. */
export interface HoldReason {
  code: 'cashShort' | 'grantSuspended' | 'conditionOpen';
  text: string;
}

const next: Record<InstalmentState, readonly InstalmentState[]> = {
  planned: ['due', 'held', 'cancelled'],
  held: ['due', 'held', 'cancelled'],
  due: ['approved', 'held', 'cancelled'],
  approved: ['inPayment', 'paid', 'due', 'held'],
  inPayment: ['approved', 'paid', 'returned'],
  returned: ['due', 'held', 'cancelled'],
  paid: ['returned'],
  cancelled: [],
};

export const mayBecome = (from: InstalmentState, to: InstalmentState): boolean => next[from].includes(to);

/** @throws stateForbids, naming the state and what it would allow */
export function requireMove(number: number, from: InstalmentState, to: InstalmentState): void {
  if (mayBecome(from, to)) return;
  const allowed = next[from].length > 0 ? `It may become ${next[from].join(' or ')}.` : 'It stays so.';
  throw new DomainError(
    'stateForbids',
    `Instalment ${number} is ${from}, so it cannot become ${to}. ${allowed}`,
  );
}
