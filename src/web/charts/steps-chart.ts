import { addDays, compareDays, type Day, daysBetween, monthOf } from '../../maths/day.js';
import { dayText, moneyText, monthText } from '../format.js';
import {
  axisLabel,
  type Chart,
  chartColours,
  type ChartOption,
  type ChartSettings,
  chartText,
  drawChart,
  drawnHeight,
  usualHeight,
} from './chart.js';

/** An amount that holds from a day until the next step. Minor units. */
export interface Step {
  on: Day;
  amount: bigint;
}

/**
 * An amount that stays as it is between the days on which it changes, up to a last day. Of several steps on one day
 * the last counts.
 *
 * @param name what the amount is: "Capital outstanding"
 */
export function stepsChart(name: string, given: readonly Step[], until: Day, settings: ChartSettings): Chart {
  const steps = oneADay(given);
  const first = steps[0]?.on ?? until;
  const money = (minor: bigint) => moneyText(minor, settings.currency, settings.locale);
  const day = (on: Day) => dayText(on, settings.locale);
  const held = steps.at(-1)?.amount ?? 0n;
  const points = [...steps, { on: until, amount: held }].map(({ on, amount }): [number, number] => [
    daysBetween(first, on),
    drawnHeight(amount, settings.currency),
  ]);
  const option = (width: number): ChartOption => ({
    grid: {
      left: 4,
      right: 16,
      top: 12,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      type: 'value',
      min: 0,
      max: Math.max(daysBetween(first, until), 1),
      splitNumber: width < 400 ? 2 : 5,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: chartColours['line-strong'] } },
      splitLine: { show: false },
      axisLabel: {
        ...chartText,
        hideOverlap: true,
        showMaxLabel: false,
        formatter: (days: number) => monthText(monthOf(addDays(first, Math.floor(days))), settings.locale),
      },
    },
    yAxis: {
      type: 'value',
      min: 0,
      splitNumber: 4,
      axisLabel: { ...chartText, formatter: axisLabel(settings) },
      splitLine: { lineStyle: { color: chartColours.line } },
    },
    series: [
      {
        ...{ type: 'line', name, data: points, step: 'end', symbol: 'none', silent: true },
        itemStyle: { color: chartColours['chart-received'] },
        lineStyle: { color: chartColours['chart-received'], width: 2 },
        areaStyle: { color: chartColours['chart-received'], opacity: 0.08 },
      },
    ],
  });
  return {
    summary: `${name} from ${day(first)} to ${day(until)}: ${money(most(steps))} at most, ${money(held)} at the end.`,
    ...drawChart(option, usualHeight),
    table: { headings: ['From', name], rows: steps.map(({ on, amount }) => [day(on), money(amount)]) },
  };
}

function oneADay(steps: readonly Step[]): Step[] {
  const byDay = new Map(steps.map((step) => [step.on, step]));
  return [...byDay.values()].sort((a, b) => compareDays(a.on, b.on));
}

const most = (steps: readonly Step[]): bigint =>
  steps.reduce((highest, { amount }) => (amount > highest ? amount : highest), 0n);
