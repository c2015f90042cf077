import type { ScatterSeriesOption } from 'echarts/charts';
import type { Day } from '../../maths/day.js';
import { chartColours, chartText } from './chart.js';
import type { Frame } from './curve.js';

/** Something that is done about a curve, from a day on; the number is the one it has in the list beside. */
export interface DrawnAction {
  number: number;
  startsOn: Day;
}

/** How near two marks may come, as a part of the width, before one stands above the other. */
const nearest = 0.05;

/** Actions as numbered marks on the time axis; those that come close stand above each other. */
export function actionMarks(actions: readonly DrawnAction[], frame: Frame): ScatterSeriesOption[] {
  const width = frame.to - frame.from || 1;
  const lanes: number[] = [];
  const data = actions
    .map(({ number, startsOn }) => ({ number, time: Date.parse(`${startsOn}T00:00:00Z`) }))
    .filter(({ time }) => time >= frame.from && time <= frame.to)
    .toSorted((a, b) => a.time - b.time)
    .map(({ number, time }) => {
      const free = lanes.findIndex((end) => (time - end) / width >= nearest);
      const lane = free < 0 ? lanes.length : free;
      lanes[lane] = time;
      return {
        value: [time, frame.bottom],
        symbolOffset: [0, -11 - 20 * lane],
        label: {
          ...chartText,
          show: true,
          formatter: String(number),
          color: chartColours.surface,
          fontSize: 11,
        },
      };
    });
  if (data.length === 0) return [];
  return [
    {
      ...{ type: 'scatter', data, symbol: 'circle', symbolSize: 17, silent: true, z: 6 },
      itemStyle: { color: chartColours['chart-5'] },
    },
  ];
}
