import { PeopleAndCoalitions1764000001000 } from './1764000001000-people-and-coalitions.js';
import { Identity1764000002000 } from './1764000002000-identity.js';
import { Platform1764000003000 } from './1764000003000-platform.js';
import { Ledger1764000004000 } from './1764000004000-ledger.js';
import { PledgesAndContributions1764000005000 } from './1764000005000-pledges-and-contributions.js';
import { GrantsAndPayments1764000006000 } from './1764000006000-grants-and-payments.js';
import { Reporting1764000007000 } from './1764000007000-reporting.js';
import { ForeignMoney1765000001000 } from './1765000001000-foreign-money.js';
import { PledgeChanges1765000002000 } from './1765000002000-pledge-changes.js';
import { Refunds1765000003000 } from './1765000003000-refunds.js';
import { GrantVersions1765000004000 } from './1765000004000-grant-versions.js';
import { BankAccounts1765000006000 } from './1765000006000-bank-accounts.js';
import { PaymentBatches1765000006100 } from './1765000006100-payment-batches.js';
import { ApprovalTiers1765000006200 } from './1765000006200-approval-tiers.js';
import { ApprovalDelegations1765000006300 } from './1765000006300-approval-delegations.js';
import { BankStatements1765000007000 } from './1765000007000-bank-statements.js';
import { CliffNotices1765000008000 } from './1765000008000-cliff-notices.js';
import { SavedViews1765000009000 } from './1765000009000-saved-views.js';
import { Conditions1766000001000 } from './1766000001000-conditions.js';
import { GrantSuspensions1766000002000 } from './1766000002000-grant-suspensions.js';
import { GrantReturns1766000002100 } from './1766000002100-grant-returns.js';
import { GrantClosures1766000002110 } from './1766000002110-grant-closures.js';
import { BankCharges1766000004000 } from './1766000004000-bank-charges.js';
import { ForeignPledges1766000004100 } from './1766000004100-foreign-pledges.js';
import { Fees1766000004200 } from './1766000004200-fees.js';
import { ExchangeDifferences1766000004300 } from './1766000004300-exchange-differences.js';
import { PostedBankLines1766000004400 } from './1766000004400-posted-bank-lines.js';
import { BankLineParts1767000001000 } from './1767000001000-bank-line-parts.js';
import { CsvMappings1767000001100 } from './1767000001100-csv-mappings.js';
import { GrantOverhead1767000002000 } from './1767000002000-grant-overhead.js';
import { InstalmentTriggers1767000002100 } from './1767000002100-instalment-triggers.js';
import { ScheduleTemplates1767000002200 } from './1767000002200-schedule-templates.js';
import { PoolAccountApprovals1767000003000 } from './1767000003000-pool-account-approvals.js';
import { GoalVersions1767000005000 } from './1767000005000-goal-versions.js';
import { IndicatorsAndMeasures1767000005100 } from './1767000005100-indicators-and-measures.js';
import { TurningTheCurve1767000005200 } from './1767000005200-turning-the-curve.js';
import { Decisions1767000006000 } from './1767000006000-decisions.js';
import { Affiliations1767000006100 } from './1767000006100-affiliations.js';
import { DecisionKeys1767000006200 } from './1767000006200-decision-keys.js';
import { Activities1767000006300 } from './1767000006300-activities.js';
import { Bonds1767000010000 } from './1767000010000-bonds.js';
import { BondDrafts1767000011000 } from './1767000011000-bond-drafts.js';
import { OutcomeInvoices1767000012000 } from './1767000012000-outcome-invoices.js';
import { OutcomeClaims1767000012100 } from './1767000012100-outcome-claims.js';
import { OutcomeReceiptLines1767000012200 } from './1767000012200-outcome-receipt-lines.js';
import { BondInvestors1767000013000 } from './1767000013000-bond-investors.js';
import { BondInvestorLines1767000013100 } from './1767000013100-bond-investor-lines.js';
import { BondPlans1767000014000 } from './1767000014000-bond-plans.js';
import { BondScenarios1767000014100 } from './1767000014100-bond-scenarios.js';
import { OutcomeCancellations1767200200000 } from './1767200200000-outcome-cancellations.js';
import { Notices1767300000000 } from './1767300000000-notices.js';
import { CalendarLinks1767300000100 } from './1767300000100-calendar-links.js';
import { ReportComments1767300100000 } from './1767300100000-report-comments.js';
import { ReportCorrections1767300101000 } from './1767300101000-report-corrections.js';
import { ReportingTerms1767300102000 } from './1767300102000-reporting-terms.js';
import { Learning1767300200000 } from './1767300200000-learning.js';
import { ReportsForFunders1767300300000 } from './1767300300000-reports-for-funders.js';
import { ReportAttachments1767400000000 } from './1767400000000-report-attachments.js';
import { ReportReadings1767400010000 } from './1767400010000-report-readings.js';
import { CalledOffMails1767400100000 } from './1767400100000-called-off-mails.js';
import { WaitingRequests1767400101000 } from './1767400101000-waiting-requests.js';
import { ReportRuns1767500000000 } from './1767500000000-report-runs.js';
import { AccountDays1767600000000 } from './1767600000000-account-days.js';

/** Every migration, oldest first. A landed one is never edited: add another. */
export const migrations = [
  PeopleAndCoalitions1764000001000,
  Identity1764000002000,
  Platform1764000003000,
  Ledger1764000004000,
  PledgesAndContributions1764000005000,
  GrantsAndPayments1764000006000,
  Reporting1764000007000,
  ForeignMoney1765000001000,
  PledgeChanges1765000002000,
  Refunds1765000003000,
  GrantVersions1765000004000,
  BankAccounts1765000006000,
  PaymentBatches1765000006100,
  ApprovalTiers1765000006200,
  ApprovalDelegations1765000006300,
  BankStatements1765000007000,
  CliffNotices1765000008000,
  SavedViews1765000009000,
  Conditions1766000001000,
  GrantSuspensions1766000002000,
  GrantReturns1766000002100,
  GrantClosures1766000002110,
  BankCharges1766000004000,
  ForeignPledges1766000004100,
  Fees1766000004200,
  ExchangeDifferences1766000004300,
  PostedBankLines1766000004400,
  BankLineParts1767000001000,
  CsvMappings1767000001100,
  GrantOverhead1767000002000,
  InstalmentTriggers1767000002100,
  ScheduleTemplates1767000002200,
  PoolAccountApprovals1767000003000,
  GoalVersions1767000005000,
  IndicatorsAndMeasures1767000005100,
  TurningTheCurve1767000005200,
  Decisions1767000006000,
  Affiliations1767000006100,
  DecisionKeys1767000006200,
  Activities1767000006300,
  Bonds1767000010000,
  BondDrafts1767000011000,
  OutcomeInvoices1767000012000,
  OutcomeClaims1767000012100,
  OutcomeReceiptLines1767000012200,
  BondInvestors1767000013000,
  BondInvestorLines1767000013100,
  BondPlans1767000014000,
  BondScenarios1767000014100,
  OutcomeCancellations1767200200000,
  Notices1767300000000,
  CalendarLinks1767300000100,
  ReportComments1767300100000,
  ReportCorrections1767300101000,
  ReportingTerms1767300102000,
  Learning1767300200000,
  ReportsForFunders1767300300000,
  ReportAttachments1767400000000,
  ReportReadings1767400010000,
  CalledOffMails1767400100000,
  WaitingRequests1767400101000,
  ReportRuns1767500000000,
  AccountDays1767600000000,
];
