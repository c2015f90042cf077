import { coalitionCalendar } from '../../coalitions/coalition.js';
import type { Tx } from '../../platform/database/tx.js';
import type { SeriesRef } from '../series/series.js';
import { readSeries } from '../series/series.read.js';
import { type Curve, curvesOf } from './curves.js';

/** The curve of one series. @throws notFound */
export async function readCurve(tx: Tx, ref: SeriesRef): Promise<Curve> {
  const series = await readSeries(tx, ref);
  const calendar = await coalitionCalendar(tx, series.coalitionId);
  const [curve] = await curvesOf(tx, ref.kind, [series], calendar);
  return curve!;
}
