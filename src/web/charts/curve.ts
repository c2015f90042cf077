import type { Day } from '../../maths/day.js';
import { dayText } from '../format.js';
import { chartColours, chartText, drawChart, drawSvg, type Chart, type ChartOption } from './chart.js';
import { bandAreas, type DrawnBand } from './curve-bands.js';
import { actionMarks, type DrawnAction } from './curve-actions.js';

/** A value on a day: a plain decimal. It becomes a float only to be drawn. */
export interface DrawnValue {
  on: Day;
  value: string;
}

/** A curve as it is drawn. Lines are straight between their points. */
export interface DrawnCurve {
  name: string;
  unit: string;
  readings: (DrawnValue & { label: string })[];
  baseline: DrawnValue | null;
  target: readonly DrawnValue[];
  forecast: readonly DrawnValue[];
  continuation: readonly DrawnValue[];
  bands: readonly DrawnBand[];
  polarity: 'up' | 'down';
  actions: readonly DrawnAction[];
  today: Day;
}

export interface CurveSettings {
  locale: string;
  /** Writes a plain decimal for people. */
  text: (value: string) => string;
}

type Point = [time: number, value: number];

const timeOf = (day: Day): number => Date.parse(`${day}T00:00:00Z`);
const pointOf = ({ on, value }: DrawnValue): Point => [timeOf(on), Number(value)];

/** What is drawn reaches from the first point to the last, and so far up and down that every line has air. */
export interface Frame {
  from: number;
  to: number;
  bottom: number;
  top: number;
  /** From one line of the grid to the next. */
  step: number;
}

function frameOf(curve: DrawnCurve): Frame {
  const meant = [...curve.readings, ...[curve.target, curve.forecast].flat()];
  const drawn = curve.baseline ? [...meant, curve.baseline] : meant;
  // A line that is only continued may run out of the frame: it does not say how high or low things can be.
  const times = [...drawn, ...curve.continuation].map(({ on }) => timeOf(on));
  if (times.length === 0) times.push(timeOf(curve.today));
  const heights = drawn.length === 0 ? [0, 1] : drawn.map(({ value }) => Number(value));
  const [low, high] = [Math.min(...heights), Math.max(...heights)];
  const step = niceStep((high - low || Math.abs(high) || 1) / 4);
  const startsAtZero = low >= 0 && low < high / 2;
  return {
    from: Math.min(...times),
    to: Math.max(...times),
    bottom: startsAtZero ? 0 : Math.floor(low / step - 0.25) * step,
    top: Math.ceil(high / step + 0.25) * step,
    step,
  };
}

/** 1, 2 or 5 times a power of ten: steps that one reads at a glance. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5].find((one) => one * power >= rough) ?? 10) * power;
}

/** The curve of an indicator or of a performance measure: never of both. */
export function curveChart(curve: DrawnCurve, settings: CurveSettings): Chart {
  const frame = frameOf(curve);
  const hasTarget = curve.target.length > 0;
  const option = (width: number): ChartOption => ({
    useUTC: true,
    legend: {
      ...{ top: 0, left: 0, itemWidth: 18, itemHeight: 3, itemGap: width < 400 ? 10 : 18, icon: 'rect' },
      textStyle: chartText,
      data: [
        'Read',
        ...(hasTarget ? ['Target'] : []),
        ...(curve.forecast.length > 0 ? ['Stated forecast'] : []),
        ...(curve.continuation.length > 0 ? ['If it goes on as it did'] : []),
      ],
    },
    grid: {
      ...{ left: 4, right: 16, top: width < 400 ? 62 : 40, bottom: 4 },
      ...{ outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    },
    xAxis: timeAxis(frame, width),
    yAxis: valueAxis(frame, settings),
    series: [
      ...bandAreas(curve, frame),
      { ...lineOf('Target', chartColours['chart-4'], targetLine(curve, frame)), symbol: 'none' },
      dashed('If it goes on as it did', chartColours['chart-6'], continuationOf(curve)),
      dashed('Stated forecast', chartColours['chart-3'], curve.forecast.map(pointOf)),
      {
        ...lineOf('Read', chartColours['chart-received'], curve.readings.map(pointOf)),
        ...{ symbol: 'circle', symbolSize: 7, z: 5 },
        lineStyle: { color: chartColours['chart-received'], width: 2.5 },
        markLine: marksOf(curve, frame, settings),
      },
      ...actionMarks(curve.actions, frame),
    ],
  });
  return {
    summary: summaryOf(curve, settings),
    ...drawChart(option, (width) => (width < 400 ? 300 : 340)),
    table: figuresOf(curve, settings),
  };
}

/** A small drawing of a curve, to be seen beside others: what was read, and the target. */
export function smallCurve(curve: DrawnCurve, settings: CurveSettings): { summary: string; svg: string } {
  const frame = frameOf({ ...curve, forecast: [], continuation: [] });
  const plain = { axisTick: { show: false }, splitLine: { show: false } };
  const option: ChartOption = {
    useUTC: true,
    grid: {
      ...{ left: 6, right: 10, top: 10, bottom: 4 },
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: { ...timeAxis(frame, 320), ...plain },
    yAxis: { ...valueAxis(frame, settings), ...plain, axisLabel: { show: false } },
    series: [
      ...bandAreas(curve, frame),
      { ...lineOf('Target', chartColours['chart-4'], targetLine(curve, frame)), symbol: 'none' },
      {
        ...lineOf('Read', chartColours['chart-received'], curve.readings.map(pointOf)),
        ...{ symbol: 'circle', symbolSize: 5, z: 5 },
      },
    ],
  };
  return { summary: summaryOf(curve, settings), svg: drawSvg(option, { width: 320, height: 120 }) };
}

/** New Year’s days inside the frame: every one, or every so many that their labels have room. */
function newYears({ from, to }: Frame, width: number): number[] {
  const [first, last] = [from, to].map((time) => new Date(time).getUTCFullYear());
  const every = Math.max(1, Math.ceil(((last! - first!) * 52) / width));
  return Array.from({ length: last! - first! + 1 }, (_, index) => Date.UTC(first! + index))
    .filter((time) => time >= from && time <= to)
    .filter((_, index) => index % every === 0);
}

const timeAxis = (frame: Frame, width: number) => ({
  type: 'time' as const,
  ...{ min: frame.from, max: frame.to },
  axisTick: { show: false },
  axisLine: { onZero: false, lineStyle: { color: chartColours['line-strong'] } },
  axisLabel: {
    ...chartText,
    customValues: newYears(frame, width),
    formatter: (time: number) => new Date(time).toISOString().slice(0, 4),
  },
});

const valueAxis = (frame: Frame, { text }: CurveSettings) => ({
  type: 'value' as const,
  ...{ min: frame.bottom, max: frame.top, interval: frame.step },
  axisLabel: { ...chartText, formatter: (value: number) => text(value.toFixed(6)) },
  splitLine: { lineStyle: { color: chartColours.line } },
});

const lineOf = (name: string, color: string, data: Point[]) => ({
  ...{ type: 'line' as const, name, data, itemStyle: { color } },
  lineStyle: { color, width: 2 },
});

const dashed = (name: string, color: string, data: Point[]) => ({
  ...lineOf(name, color, data),
  ...{ symbol: 'none', lineStyle: { color, width: 2, type: [5, 4] } },
});

/** The last target stands after its day. */
function targetLine({ target }: DrawnCurve, frame: Frame): Point[] {
  const line = target.map(pointOf);
  const last = line.at(-1);
  return last === undefined || last[0] >= frame.to ? line : [...line, [frame.to, last[1]]];
}

/** It begins where the curve ends. */
function continuationOf({ readings, continuation }: DrawnCurve): Point[] {
  const last = readings.at(-1);
  return last === undefined || continuation.length === 0 ? [] : [last, ...continuation].map(pointOf);
}

function marksOf({ baseline, today }: DrawnCurve, frame: Frame, { text }: CurveSettings) {
  const label = { ...chartText, textBorderWidth: 0 };
  const style = { color: chartColours.quiet, type: [2, 3], width: 1 };
  const marks = [];
  if (baseline) {
    const formatter = `Baseline ${text(baseline.value)}`;
    marks.push({
      yAxis: Number(baseline.value),
      label: { ...label, formatter, position: 'insideEndTop' as const },
      lineStyle: style,
    });
  }
  const now = timeOf(today);
  if (now > frame.from && now < frame.to) {
    marks.push({
      xAxis: now,
      label: { ...label, formatter: 'Today', position: 'end' as const },
      lineStyle: style,
    });
  }
  return { silent: true, symbol: 'none', data: marks };
}

function summaryOf({ name, unit, readings, target }: DrawnCurve, { text, locale }: CurveSettings): string {
  const last = readings.at(-1);
  if (last === undefined) return `${name}, in ${unit}: nothing has been read yet.`;
  const aim = target.at(-1);
  const aimed = aim ? ` The target is ${text(aim.value)} by ${dayText(aim.on, locale)}.` : '';
  return `${name}, in ${unit}: ${text(last.value)} in ${last.label}.${aimed}`;
}

function figuresOf(curve: DrawnCurve, { text, locale }: CurveSettings): Chart['table'] {
  const lines = { target: curve.target, forecast: curve.forecast, continued: curve.continuation };
  const days = [...curve.readings, ...Object.values(lines).flat()].map(({ on }) => on);
  const valueOn = (points: readonly DrawnValue[], day: Day): string => {
    const point = points.find(({ on }) => on === day);
    return point ? text(point.value) : '';
  };
  return {
    headings: ['Day', 'Read', 'Target', 'Stated forecast', 'If it goes on'],
    rows: [...new Set(days)]
      .toSorted()
      .map((day) => [
        dayText(day, locale),
        valueOn(curve.readings, day),
        ...Object.values(lines).map((points) => valueOn(points, day)),
      ]),
  };
}
