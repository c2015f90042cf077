import type { Day } from '../../maths/day.js';
import type { DrawnAction } from '../../web/charts/curve-actions.js';
import type { CurveSettings, DrawnCurve } from '../../web/charts/curve.js';
import { decimalText } from '../../web/format.js';
import { baselineOf, type Curve } from './curves.js';
import { linePoints } from './trajectory.rules.js';

/** A curve as the charts take it. */
export function drawnCurve(curve: Curve, today: Day, actions: readonly DrawnAction[] = []): DrawnCurve {
  const { series, trajectory, points, continuation } = curve;
  const baseline = baselineOf(series);
  return {
    ...{ name: series.name, unit: series.unit, polarity: series.polarity, bands: series.bands },
    readings: points.flatMap(({ to, value, periodKey }) =>
      value === null ? [] : [{ on: to, value, label: periodKey }],
    ),
    ...{ baseline, target: linePoints(baseline, trajectory.target), forecast: trajectory.forecast },
    ...{ continuation, actions, today },
  };
}

/** Writes the values of a curve with the places that are agreed for it, whole numbers on its axis without. */
export function curveSettings({ series }: Curve, locale: string): CurveSettings {
  return { locale, text: (value) => decimalText(value, series.places, locale) };
}
