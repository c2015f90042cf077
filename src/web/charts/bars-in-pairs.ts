import { moneyText } from '../format.js';
import {
  axisLabel,
  chartColours,
  chartText,
  drawChart,
  drawnHeight,
  usualHeight,
  type Chart,
  type ChartOption,
  type ChartSettings,
} from './chart.js';

/** What was said beforehand of a time, and what came of it. Minor units. */
export interface BarPair {
  label: string;
  said: bigint;
  came: bigint;
}

export interface PairWords {
  /** "Pledged", "Received": as the legend and the table have them. */
  said: string;
  came: string;
  /** "Year": what the labels are. */
  label: string;
}

/** What was said beforehand, and beside it what came: two bars for each time. */
export function barsInPairs(pairs: readonly BarPair[], words: PairWords, settings: ChartSettings): Chart {
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
      data: pairs.map(({ label }) => label),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: chartColours['line-strong'] } },
      axisLabel: { ...chartText, hideOverlap: true, rotate: width / pairs.length < 40 ? 60 : 0 },
    },
    yAxis: {
      type: 'value',
      splitNumber: 4,
      axisLabel: { ...chartText, formatter: axisLabel(settings) },
      splitLine: { lineStyle: { color: chartColours.line } },
    },
    series: [
      bars(
        words.said,
        chartColours['chart-pledged'],
        pairs.map(({ said }) => drawnHeight(said, settings.currency)),
      ),
      bars(
        words.came,
        chartColours['chart-received'],
        pairs.map(({ came }) => drawnHeight(came, settings.currency)),
      ),
    ],
  });
  const [first, last] = [pairs[0]?.label ?? '', pairs.at(-1)?.label ?? ''];
  return {
    summary: `${words.said} beside ${words.came.toLowerCase()}, by ${words.label.toLowerCase()}, ${first} to ${last}.`,
    ...drawChart(option, usualHeight),
    table: {
      headings: [words.label, words.said, words.came],
      rows: pairs.map(({ label, said, came }) => [label, money(said), money(came)]),
    },
  };
}

function bars(name: string, color: string, data: number[]) {
  return {
    type: 'bar' as const,
    name,
    data,
    itemStyle: { color, borderRadius: [3, 3, 0, 0] },
    barMaxWidth: 28,
    barGap: '12%',
    barCategoryGap: '34%',
  };
}
