import type { LineSeriesOption } from 'echarts/charts';
import { chartColours } from './chart.js';
import type { DrawnCurve, Frame } from './curve.js';

/** From how many per cent of the target a colour holds. */
export interface DrawnBand {
  atLeastPercentOfTarget: string;
  colour: 'green' | 'amber' | 'red';
}

const softColours = {
  green: chartColours['good-soft'],
  amber: chartColours['warning-soft'],
  red: chartColours['bad-soft'],
} as const;

/**
 * The colour bands as areas around the target: they rise and fall with it. Each area stands on the one below, so that
 * together they fill the frame from where the first target is.
 */
export function bandAreas({ target, bands, polarity }: DrawnCurve, frame: Frame): LineSeriesOption[] {
  const line = target.map(({ on, value }): [number, number] => [
    Date.parse(`${on}T00:00:00Z`),
    Number(value),
  ]);
  const last = line.at(-1);
  if (last === undefined || bands.length === 0) return [];
  if (last[0] < frame.to) line.push([frame.to, last[1]]);
  const rising = polarity === 'up' ? bands.toReversed() : [...bands];
  const bound = ({ atLeastPercentOfTarget }: DrawnBand, height: number): number => {
    const share = Number(atLeastPercentOfTarget) / 100;
    const value = polarity === 'up' ? height * share : share === 0 ? frame.top : height / share;
    return Math.min(frame.top, Math.max(frame.bottom, value));
  };
  // Upwards, a band begins at its own bound and ends at the next one's; downwards, the other way round.
  const floorOf = (index: number, height: number): number => {
    if (polarity === 'up') return bound(rising[index]!, height);
    return index === 0 ? frame.bottom : bound(rising[index - 1]!, height);
  };
  const ceilingOf = (index: number, height: number): number => {
    if (polarity === 'down') return bound(rising[index]!, height);
    return index + 1 < rising.length ? bound(rising[index + 1]!, height) : frame.top;
  };
  return [
    area(
      'transparent',
      line.map(([time, height]) => [time, floorOf(0, height)]),
    ),
    ...rising.map(({ colour }, index) =>
      area(
        softColours[colour],
        line.map(([time, height]) => [time, Math.max(0, ceilingOf(index, height) - floorOf(index, height))]),
      ),
    ),
  ];
}

const area = (color: string, data: [number, number][]): LineSeriesOption => ({
  ...{ type: 'line', data, stack: 'bands', stackStrategy: 'all', symbol: 'none', silent: true, z: 0 },
  lineStyle: { width: 0, color },
  areaStyle: { color, opacity: color === 'transparent' ? 0 : 1, origin: 'start' },
});
