import { SetMetadata } from '@nestjs/common';
import type { Role } from './request.js';

/** What a route parameter can name, the table it lives in, and whose it is (a partner sees only its own). */
export const resources = {
  coalition: { table: 'coalitions', coalition: 'id' },
  organisation: { table: 'organisations' },
  /** An organisation as one that is paid: a partner sees the one it sits for. */
  payee: { table: 'organisations', owner: 'id' },
  bankAccount: { table: 'bank_accounts', owner: 'organisation_id' },
  membership: { table: 'memberships' },
  backboneTerm: { table: 'backbone_terms' },
  /** What was written to somebody of the coalition. */
  letter: { table: 'mail_messages' },
  invitation: { table: 'invitations' },
  decision: { table: 'decisions' },
  interest: { table: 'interests' },
  pool: { table: 'pools' },
  entry: { table: 'journal_entries' },
  pledge: { table: 'pledges' },
  contribution: { table: 'contributions' },
  refund: { table: 'refunds' },
  feePayment: { table: 'fee_payments' },
  bankCharge: { table: 'bank_charges' },
  goal: { table: 'goals' },
  /** What an organisation does: a partner changes its own only. */
  activity: { table: 'activities', owner: 'organisation_id' },
  indicator: { table: 'indicators' },
  learningEntry: { table: 'learning_entries' },
  measure: { table: 'performance_measures' },
  curvePartner: { table: 'curve_partners' },
  curveAction: { table: 'curve_actions' },
  grant: { table: 'grants', owner: 'organisation_id' },
  instalment: {
    table: 'instalments',
    owner: '(SELECT g.organisation_id FROM grants g WHERE g.id = instalments.grant_id)',
  },
  condition: {
    table: 'conditions',
    owner: '(SELECT g.organisation_id FROM grants g WHERE g.id = conditions.grant_id)',
  },
  bond: { table: 'bonds', owner: 'provider_id' },
  claim: {
    table: 'outcome_claims',
    owner: '(SELECT b.provider_id FROM bonds b WHERE b.id = outcome_claims.bond_id)',
  },
  outcomeInvoice: { table: 'outcome_invoices' },
  outcomeReceipt: { table: 'outcome_receipts' },
  drawdownCall: { table: 'drawdown_calls' },
  drawdownReceipt: { table: 'drawdown_receipts' },
  providerAdvance: {
    table: 'provider_advances',
    owner: '(SELECT b.provider_id FROM bonds b WHERE b.id = provider_advances.bond_id)',
  },
  distribution: { table: 'distributions' },
  bondClosing: { table: 'bond_closings' },
  approval: { table: 'approvals' },
  disbursement: { table: 'disbursements' },
  scheduleTemplate: { table: 'schedule_templates' },
  grantReturn: { table: 'grant_returns' },
  delegation: { table: 'approval_delegations' },
  paymentBatch: { table: 'payment_batches' },
  bankLine: { table: 'bank_statement_lines' },
  csvMapping: { table: 'csv_mappings' },
  requirement: { table: 'requirements', owner: 'organisation_id' },
  spendReport: { table: 'spend_reports', owner: 'organisation_id' },
  subscription: { table: 'subscriptions' },
  reportRun: { table: 'report_runs' },
} as const satisfies Record<string, { table: string; coalition?: string; owner?: string }>;

export type ResourceName = keyof typeof resources;

/** Who may use a route. Every route has exactly one rule; a route without one stops the boot. */
export type AccessRule =
  | { kind: 'public' }
  | { kind: 'signedIn' }
  | { kind: 'administrator' }
  | { kind: 'roles'; of: ResourceName; roles: readonly Role[] };

export const ACCESS_RULE = 'tributary:access-rule';

/** Anybody, signed in or not. */
export const Public = () => SetMetadata(ACCESS_RULE, { kind: 'public' } satisfies AccessRule);

/** Anybody who is signed in; what they see is a matter of row-level security. */
export const AnyPerson = () => SetMetadata(ACCESS_RULE, { kind: 'signedIn' } satisfies AccessRule);

/** The installation's administrators: accounts and settings, never money. */
export const Administrator = () => SetMetadata(ACCESS_RULE, { kind: 'administrator' } satisfies AccessRule);

/** Members of the coalition that the route parameter `${of}Id` belongs to, with one of these roles there. */
export const Allow = (of: ResourceName, ...roles: Role[]) =>
  SetMetadata(ACCESS_RULE, { kind: 'roles', of, roles } satisfies AccessRule);

/** Everybody with a seat in the coalition. */
export const members: Role[] = [
  'funder',
  'backbone',
  'partner',
  'finance',
  'approver',
  'verifier',
  'observer',
];

/** Those who see the whole of a coalition's money; a partner sees its own grants and reports only. */
export const overseers: Role[] = ['funder', 'backbone', 'finance', 'approver', 'verifier', 'observer'];
