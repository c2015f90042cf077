import type { Tx } from '../platform/database/tx.js';
import { csvText } from '../platform/http/csv.js';
import { type ControlTotal, controlTotals } from './control-totals.js';
import {
  currentParameters,
  type PoolPositionFigures,
  poolPositionFigures,
  positionItems,
  type ReportParameters,
} from './pool-position.report.js';

export const reportKinds = ['poolPosition'] as const;
export type ReportKind = (typeof reportKinds)[number];

export const reportFormats = ['csv'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** How a kind of report is made. Adding one is adding a row below. */
export interface ReportDefinition {
  title: string;
  parameters: (tx: Tx, poolId: string) => Promise<ReportParameters>;
  figures: (tx: Tx, parameters: ReportParameters, asOf: Date) => Promise<PoolPositionFigures>;
  controlTotals: (
    tx: Tx,
    parameters: ReportParameters,
    figures: PoolPositionFigures,
    asOf: Date,
  ) => Promise<ControlTotal[]>;
  csv: (figures: PoolPositionFigures, about: ReportHead) => string;
}

export interface ReportHead {
  title: string;
  asOf: Date;
  controlTotals: ControlTotal[];
}

export const reportDefinitions: Record<ReportKind, ReportDefinition> = {
  poolPosition: {
    title: 'Pool position',
    parameters: currentParameters,
    figures: poolPositionFigures,
    controlTotals,
    csv: poolPositionCsv,
  },
};

/**
 * One flat table, so that any program can read it: section, item, measure, amount, currency. The first section says
 * what this is; the last holds the control totals. The same figures always give the same bytes.
 */
export function poolPositionCsv(figures: PoolPositionFigures, head: ReportHead): string {
  const { currency } = figures;
  const money = (section: string, item: string | number, measures: Record<string, string>) =>
    Object.entries(measures).map(([measure, amount]) => [section, item, measure, amount, currency]);
  return csvText([
    ['section', 'item', 'measure', 'value', 'currency'],
    ['about', 'report', '', head.title, ''],
    ['about', 'coalition', '', figures.coalition, ''],
    ['about', 'pool', '', figures.pool, ''],
    ['about', 'asOf', '', head.asOf.toISOString(), ''],
    ...positionItems.map((item) => ['position', item, '', figures.position[item], currency]),
    ...figures.funders.flatMap(({ funderId: _, funder, ...measures }) => money('funder', funder, measures)),
    ...figures.years.flatMap(({ year, ...measures }) => money('year', year, measures)),
    ...head.controlTotals.flatMap(({ name, ...sides }) => money('control', name, sides)),
  ]);
}
