import { moneyText } from '../format.js';
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

/** Money on a day: what a party pays is below zero, what it gets above. Minor units. */
export interface PartyFlow {
  on: string;
  amount: bigint;
}

/** What comes in and goes out by calendar quarter: a bar up and a bar down, from the account's side. */
export function cashByQuarter(flows: readonly PartyFlow[], settings: ChartSettings): Chart {
  const quarters = sumByQuarter(flows);
  const money = (minor: bigint) => moneyText(minor, settings.currency, settings.locale);
  const option = (width: number): ChartOption => ({
    legend: {
      top: 0,
      left: 0,
      itemWidth: 12,
      itemHeight: 12,
      itemGap: 18,
      icon: 'roundRect',
      textStyle: chartText,
    },
    grid: { left: 4, right: 4, top: 40, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'category',
      data: quarters.map(({ quarter }) => quarter),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: chartColours['line-strong'] } },
      axisLabel: { ...chartText, hideOverlap: true, rotate: width / quarters.length < 56 ? 60 : 0 },
    },
    yAxis: {
      type: 'value',
      splitNumber: 4,
      axisLabel: { ...chartText, formatter: axisLabel(settings) },
      splitLine: { lineStyle: { color: chartColours.line } },
    },
    series: [
      bars(
        'In',
        chartColours['chart-received'],
        quarters.map(({ into }) => drawnHeight(into, settings.currency)),
      ),
      bars(
        'Out',
        chartColours['chart-4'],
        quarters.map(({ out }) => -drawnHeight(out, settings.currency)),
      ),
    ],
  });
  const [first, last] = [quarters[0]?.quarter ?? '', quarters.at(-1)?.quarter ?? ''];
  return {
    summary: `What comes in and goes out by quarter, ${first} to ${last}.`,
    ...drawChart(option, usualHeight),
    table: {
      headings: ['Quarter', 'In', 'Out'],
      rows: quarters.map(({ quarter, into, out }) => [quarter, money(into), money(out)]),
    },
  };
}

/** From a party's side to the account's: what it pays comes in. Quarters without money between others are there too. */
function sumByQuarter(flows: readonly PartyFlow[]): { quarter: string; into: bigint; out: bigint }[] {
  const places = flows.map(
    ({ on }) => Number(on.slice(0, 4)) * 4 + Math.floor((Number(on.slice(5, 7)) - 1) / 3),
  );
  if (places.length === 0) return [];
  const first = Math.min(...places);
  return Array.from({ length: Math.max(...places) - first + 1 }, (_, step) => {
    const place = first + step;
    const here = flows.filter((_flow, index) => places[index] === place).map(({ amount }) => amount);
    const total = (amounts: bigint[]) => amounts.reduce((sum, amount) => sum + amount, 0n);
    return {
      quarter: `${Math.floor(place / 4)} Q${(place % 4) + 1}`,
      into: -total(here.filter((amount) => amount < 0n)),
      out: total(here.filter((amount) => amount > 0n)),
    };
  });
}

function bars(name: string, color: string, data: number[]) {
  return {
    ...{ type: 'bar' as const, name, data, stack: 'cash' },
    itemStyle: { color, borderRadius: [3, 3, 0, 0] },
    barMaxWidth: 28,
  };
}
