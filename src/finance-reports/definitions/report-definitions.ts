import type { ReportDefinition } from '../documents/report-order.js';
import { bondPerformance } from './bonds/bond-performance.report.js';
import { cashFlowForecast } from './cash-flow-forecast.report.js';
import { disbursementRegister } from './disbursement-register.report.js';
import { funderStatement } from './funder-statement.report.js';
import { generalLedger } from './general-ledger.report.js';
import { grantsOutstanding } from './grants-outstanding.report.js';
import { poolPositionReport } from './pool-position.report.js';
import { receivables } from './receivables.report.js';
import { spendByGoal } from './spend-by-goal.report.js';
import { trialBalance } from './trial-balance.report.js';

/** Every kind of report there is, in the order in which they are offered. */
export const reportKinds = [
  'poolPosition',
  'funderStatement',
  'disbursementRegister',
  'cashFlowForecast',
  'receivables',
  'grantsOutstanding',
  'spendByGoal',
  'bondPerformance',
  'trialBalance',
  'generalLedger',
] as const;
export type ReportKind = (typeof reportKinds)[number];

/** How each kind is made. */
const registered: Record<ReportKind, ReportDefinition> = {
  poolPosition: poolPositionReport,
  funderStatement,
  disbursementRegister,
  cashFlowForecast,
  receivables,
  grantsOutstanding,
  spendByGoal,
  bondPerformance,
  trialBalance,
  generalLedger,
};

export const definitionOf = (kind: ReportKind): ReportDefinition => registered[kind];
