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

export interface PledgedYear {
  year: string;
  pledged: bigint;
  received: bigint;
}

/** What was pledged for each year, and beside it what came: two bars a year. */
export function pledgedBesideReceived(years: readonly PledgedYear[], settings: ChartSettings): Chart {
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
      data: years.map(({ year }) => year),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: chartColours['line-strong'] } },
      axisLabel: { ...chartText, hideOverlap: true, rotate: width / years.length < 40 ? 60 : 0 },
    },
    yAxis: {
      type: 'value',
      splitNumber: 4,
      axisLabel: { ...chartText, formatter: axisLabel(settings) },
      splitLine: { lineStyle: { color: chartColours.line } },
    },
    series: [
      bars(
        'Pledged',
        chartColours['chart-pledged'],
        years.map(({ pledged }) => drawnHeight(pledged, settings.currency)),
      ),
      bars(
        'Received',
        chartColours['chart-received'],
        years.map(({ received }) => drawnHeight(received, settings.currency)),
      ),
    ],
  });
  const [first, last] = [years[0]?.year ?? '', years.at(-1)?.year ?? ''];
  return {
    summary: `Pledged beside received, by year, ${first} to ${last}.`,
    ...drawChart(option, usualHeight),
    table: {
      headings: ['Year', 'Pledged', 'Received'],
      rows: years.map(({ year, pledged, received }) => [year, money(pledged), money(received)]),
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
