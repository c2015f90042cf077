import { createHash } from 'node:crypto';
import { DomainError } from '../../platform/errors/domain-error.js';
import { canonical } from '../../platform/http/once.js';
import type { BondTerms } from './bond-terms.js';

export const bondStates = ['draft', 'signed', 'active', 'closed', 'cancelled'] as const;
export type BondState = (typeof bondStates)[number];

export const bondVersionStates = ['draft', 'proposed', 'signed', 'rejected'] as const;
export type BondVersionState = (typeof bondVersionStates)[number];

export const bondRoles = ['provider', 'verifier', 'payer', 'investor', 'guarantor'] as const;
export type BondRole = (typeof bondRoles)[number];

/** The SHA-256 of the terms as canonical JSON: one changed price has another hash. */
export const termsHash = (terms: BondTerms): string =>
  createHash('sha256').update(canonical(terms)).digest('hex');

const steps = {
  revise: { from: ['draft', 'signed', 'active'], what: 'A new version is drafted' },
  activate: { from: ['signed'], what: 'It becomes active' },
  plan: { from: ['signed', 'active'], what: 'Outcomes are planned' },
  suspend: { from: ['active'], what: 'It is suspended' },
  claim: { from: ['active'], what: 'Outcomes are claimed' },
  drawDown: { from: ['signed', 'active'], what: 'Capital is called' },
  advance: { from: ['signed', 'active'], what: 'Working capital is paid' },
  distribute: { from: ['active'], what: 'Investors are paid' },
  close: { from: ['active'], what: 'It is closed' },
  cancel: { from: ['draft'], what: 'It is cancelled' },
} as const satisfies Record<string, { from: readonly BondState[]; what: string }>;

export type BondStep = keyof typeof steps;

/** Refuses what the state of a bond does not allow, saying in which it would be. @throws stateForbids */
export function requireBondStep(state: BondState, step: BondStep): void {
  const { from, what } = steps[step];
  if ((from as readonly BondState[]).includes(state)) return;
  throw new DomainError('stateForbids', `The bond is ${state}. ${what} while it is ${from.join(' or ')}.`);
}
