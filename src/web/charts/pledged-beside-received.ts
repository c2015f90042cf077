import { barsInPairs } from './bars-in-pairs.js';
import type { Chart, ChartSettings } from './chart.js';

export interface PledgedYear {
  year: string;
  pledged: bigint;
  received: bigint;
}

/** What was pledged for each year, and beside it what came. */
export const pledgedBesideReceived = (years: readonly PledgedYear[], settings: ChartSettings): Chart =>
  barsInPairs(
    years.map(({ year, pledged, received }) => ({ label: year, said: pledged, came: received })),
    { said: 'Pledged', came: 'Received', label: 'Year' },
    settings,
  );
