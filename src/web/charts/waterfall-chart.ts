import { moneyText } from '../format.js';
import { sum } from '../../maths/money.js';
import {
  axisLabel,
  type Chart,
  chartColours,
  type ChartOption,
  type ChartSettings,
  chartText,
  drawChart,
  drawnHeight,
} from './chart.js';

/** One step down: what is taken from what is left by then. Minor units. */
export interface WaterfallStep {
  label: string;
  amount: bigint;
}

export interface WaterfallWords {
  /** "Available": the whole, at the top. */
  whole: string;
  /** "Remains": what no step has taken, at the bottom. */
  rest: string;
}

const rowHeight = 38;

/** How an amount runs down step by step: each bar begins where the one above it has ended, and the last is the rest. */
export function waterfallChart(
  available: bigint,
  steps: readonly WaterfallStep[],
  words: WaterfallWords,
  settings: ChartSettings,
): Chart {
  const money = (minor: bigint) => moneyText(minor, settings.currency, settings.locale);
  const rest = available - sum(steps.map(({ amount }) => amount));
  const rows = [
    { label: words.whole, from: 0n, amount: available, colour: chartColours['chart-pledged'] },
    ...steps.map(({ label, amount }, index) => {
      const taken = sum(steps.slice(0, index + 1).map((step) => step.amount));
      return { label, from: available - taken, amount, colour: chartColours['chart-received'] };
    }),
    { label: words.rest, from: 0n, amount: rest, colour: chartColours['chart-6'] },
  ];
  const height = (minor: bigint) => drawnHeight(minor, settings.currency);
  const option = (width: number): ChartOption => ({
    grid: { left: 4, right: 84, top: 4, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map(({ label }) => label),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: chartColours['line-strong'] } },
      axisLabel: { ...chartText, width: width < 400 ? 96 : 190, overflow: 'break' },
    },
    xAxis: {
      type: 'value',
      max: height(available),
      splitNumber: width < 400 ? 2 : 4,
      axisLabel: { ...chartText, formatter: axisLabel(settings), hideOverlap: true },
      splitLine: { lineStyle: { color: chartColours.line } },
    },
    series: [
      {
        ...{ type: 'bar', stack: 'steps', silent: true, itemStyle: { color: 'transparent' } },
        data: rows.map(({ from }) => height(from)),
      },
      {
        ...{ type: 'bar', stack: 'steps', barMaxWidth: 20 },
        data: rows.map(({ amount, colour }) => ({
          value: height(amount),
          itemStyle: { color: colour, borderRadius: 3 },
          label: {
            ...{ show: true, position: 'right' as const, formatter: money(amount) },
            ...{ ...chartText, color: chartColours.text },
          },
        })),
      },
    ],
  });
  return {
    summary: `${money(available)} runs down in ${steps.length} steps; ${money(rest)} ${words.rest.toLowerCase()}.`,
    ...drawChart(option, () => rows.length * rowHeight + 28),
    table: {
      headings: ['Step', 'Takes', 'Leaves'],
      rows: [
        [words.whole, '', money(available)],
        ...rows.slice(1, -1).map(({ label, from, amount }) => [label, money(amount), money(from)]),
        [words.rest, '', money(rest)],
      ],
    },
  };
}
