import { DomainError } from '../../platform/errors/domain-error.js';

/** What leaves a bond is asked for, approved by others, and then paid by the bank. */
export const paymentStates = ['proposed', 'approved', 'paid', 'rejected'] as const;
export type PaymentState = (typeof paymentStates)[number];

/** @param what "advance", as it is called in the sentence @throws stateForbids */
export function requirePayable(state: PaymentState, what: string): void {
  if (state === 'approved') return;
  throw new DomainError('stateForbids', `The ${what} is ${state}. Only an approved one is paid.`);
}

/** @throws stateForbids */
export function requireWithdrawable(state: PaymentState, what: string): void {
  if (state === 'approved') return;
  const sentence = `The ${what} is ${state}. What is not approved yet is taken back at its request.`;
  throw new DomainError('stateForbids', sentence);
}
