import { activitiesChecks } from './activities/activities.checks.js';
import { conditionsChecks } from './grants/conditions/conditions.checks.js';
import { suspensionsOfBondsChecks } from './bonds/suspensions/suspensions.checks.js';
import { claimsChecks } from './bonds/claims/claims.checks.js';
import { invoicesChecks } from './bonds/invoices/invoices.checks.js';
import { investorsChecks } from './bonds/investors/investors.checks.js';
import { bondsChecks } from './bonds/bonds.checks.js';
import { contractsChecks } from './bonds/contracts/contracts.checks.js';
import { coalitionsChecks } from './coalitions/coalitions.checks.js';
import { bankAccountsChecks } from './payments/bank-accounts/bank-accounts.checks.js';
import { batchesChecks } from './payments/batches/batches.checks.js';
import { financeReportsChecks } from './finance-reports/finance-reports.checks.js';
import { triggersChecks } from './grants/triggers/triggers.checks.js';
import { readingsChecks } from './goals/readings/readings.checks.js';
import { learningChecks } from './learning/learning.checks.js';
import { goalVersionsChecks } from './goals/versions/goal-versions.checks.js';
import { amendmentsChecks } from './grants/amendments/amendments.checks.js';
import { closingChecks } from './grants/closing/closing.checks.js';
import { decisionsChecks } from './decisions/decisions.checks.js';
import { grantsChecks } from './grants/grants.checks.js';
import { suspensionChecks } from './grants/suspension/suspension.checks.js';
import { noticesChecks } from './notices/notices.checks.js';
import { ledgerChecks } from './ledger/ledger.checks.js';
import { paymentsChecks } from './payments/payments.checks.js';
import { poolAccountsChecks } from './payments/pool-accounts/pool-accounts.checks.js';
import { returnsChecks } from './payments/returns/returns.checks.js';
import { statementsChecks } from './payments/statements/statements.checks.js';
import type { Check } from './platform/verify/check.js';
import { approvalsChecks } from './pools/approvals/approvals.checks.js';
import { poolsChecks } from './pools/pools.checks.js';
import { reportingChecks } from './reporting/reporting.checks.js';

/** Everything that `npm run verify` holds true, room by room. */
export const checks: Check[] = [
  ...ledgerChecks,
  ...coalitionsChecks,
  ...noticesChecks,
  ...decisionsChecks,
  ...poolsChecks,
  ...approvalsChecks,
  ...goalVersionsChecks,
  ...readingsChecks,
  ...activitiesChecks,
  ...grantsChecks,
  ...conditionsChecks,
  ...amendmentsChecks,
  ...triggersChecks,
  ...suspensionChecks,
  ...closingChecks,
  ...paymentsChecks,
  ...returnsChecks,
  ...statementsChecks,
  ...bankAccountsChecks,
  ...poolAccountsChecks,
  ...batchesChecks,
  ...bondsChecks,
  ...claimsChecks,
  ...invoicesChecks,
  ...suspensionsOfBondsChecks,
  ...contractsChecks,
  ...investorsChecks,
  ...reportingChecks,
  ...learningChecks,
  ...financeReportsChecks,
];
