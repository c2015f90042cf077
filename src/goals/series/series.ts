import type { PeriodLength } from '../../maths/calendar-period.js';
import type { Day } from '../../maths/day.js';
import type { DatedValue } from '../../maths/decimals.js';

/**
 * What is read period by period is a series: an indicator of a population, or a performance measure of a programme.
 * They are written down alike and lie in tables of their own; nothing ever adds, averages or draws both together.
 */
export const seriesKinds = {
  indicator: { table: 'indicators', column: 'indicator_id', word: 'indicator', path: '/indicators' },
  measure: {
    table: 'performance_measures',
    column: 'measure_id',
    word: 'performance measure',
    path: '/performance-measures',
  },
} as const;
export type SeriesKind = keyof typeof seriesKinds;

export interface SeriesRef {
  kind: SeriesKind;
  id: string;
}

/** The address of the page of a series. */
export const seriesPath = ({ kind, id }: SeriesRef): string => `${seriesKinds[kind].path}/${id}`;

/** Which way is better. */
export const polarities = ['up', 'down'] as const;
export type Polarity = (typeof polarities)[number];

export const bandColours = ['green', 'amber', 'red'] as const;
export type BandColour = (typeof bandColours)[number];

/** From how many per cent of the target a colour holds; tried from the highest. */
export interface Band {
  atLeastPercentOfTarget: string;
  colour: BandColour;
}

export const usualBands: readonly Band[] = [
  { atLeastPercentOfTarget: '95', colour: 'green' },
  { atLeastPercentOfTarget: '80', colour: 'amber' },
  { atLeastPercentOfTarget: '0', colour: 'red' },
];

/** How a series is told apart: by area, by age. The parts are read on their own: they do not make up the whole. */
export interface Disaggregation {
  dimension: string;
  categories: string[];
}

export const formulas = ['sum', 'ratio', 'percentage'] as const;
export type Formula = (typeof formulas)[number];

export const inputParts = ['addend', 'numerator', 'denominator'] as const;
export type InputPart = (typeof inputParts)[number];

export const measureKinds = ['howMuch', 'howWell', 'betterOff'] as const;
export type MeasureKind = (typeof measureKinds)[number];

/** What may be said otherwise later. */
export interface SeriesTerms {
  name: string;
  definition: string;
  unit: string;
  /** Digits after the point that are shown; what is kept is exact. */
  places: number;
  baselineOn: Day | null;
  baseline: string | null;
  bands: Band[];
  disaggregation: Disaggregation[];
  /** Where its readings usually come from, and how they are taken. */
  source: string;
  method: string;
  responsibleId: string | null;
}

/** An indicator or a performance measure. Values are plain decimals. */
export interface Series extends SeriesTerms, SeriesRef {
  coalitionId: string;
  goalId: string;
  goalName: string;
  goalHorizonOn: Day;
  polarity: Polarity;
  frequency: PeriodLength;
  /** Days after a period's end by which it should be read. */
  dueAfterDays: number;
  /** How it is calculated; null where it is read by hand. */
  formula: Formula | null;
  responsible: string | null;
  createdAt: Date;
  retiredAt: Date | null;
  retireReason: string | null;
  version: number;
  /** Of a performance measure only: what it asks, of which programme, whose. */
  measureKind: MeasureKind | null;
  programme: string | null;
  organisationId: string | null;
  organisation: string | null;
}

/** Where a series should be, and where its people say it will be. */
export interface Trajectory {
  target: DatedValue[];
  forecast: DatedValue[];
}

/** Something a calculated series is calculated from. */
export interface SeriesInput {
  id: string;
  name: string;
  unit: string;
  part: InputPart;
}
