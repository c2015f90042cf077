import type { Month } from '../../maths/day.js';
import { moneyText, monthText } from '../format.js';
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

export interface ForecastMonth {
  month: Month;
  /** Closing cash if only what is certain comes in. Minor units; may fall below zero. */
  low: bigint;
  /** Closing cash if what is expected comes in too. */
  expected: bigint;
}

/** Closing cash month by month, certain and expected, with the reserve and the month of the funding cliff. */
export function cashForecast(
  months: readonly ForecastMonth[],
  reserve: bigint,
  cliff: Month | null,
  settings: ChartSettings,
): Chart {
  const money = (minor: bigint) => moneyText(minor, settings.currency, settings.locale);
  const height = (minor: bigint) => drawnHeight(minor, settings.currency);
  const label = (month: Month) => monthText(month, settings.locale);
  const option = (): ChartOption => ({
    legend: {
      top: 0,
      left: 0,
      itemWidth: 18,
      itemHeight: 3,
      itemGap: 18,
      textStyle: chartText,
      icon: 'rect',
    },
    grid: {
      left: 4,
      right: 12,
      top: 40,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      type: 'category',
      data: months.map(({ month }) => label(month)),
      boundaryGap: false,
      axisTick: { show: false },
      axisLine: { onZero: true, lineStyle: { color: chartColours['line-strong'] } },
      axisLabel: { ...chartText, hideOverlap: true, interval: 'auto' },
    },
    yAxis: {
      type: 'value',
      splitNumber: 4,
      axisLabel: { ...chartText, formatter: axisLabel(settings) },
      splitLine: { lineStyle: { color: chartColours.line } },
    },
    series: [
      {
        ...line(
          'Expected',
          chartColours['chart-3'],
          months.map(({ expected }) => height(expected)),
        ),
        lineStyle: { color: chartColours['chart-3'], width: 2, type: [5, 4] },
      },
      {
        ...line(
          'Certain',
          chartColours['chart-received'],
          months.map(({ low }) => height(low)),
        ),
        areaStyle: { color: chartColours['chart-received'], opacity: 0.08 },
        markLine: marks(height(reserve), cliff === null ? null : label(cliff)),
      },
    ],
  });
  return {
    summary: `Closing cash from ${label(months[0]?.month ?? '2000-01')} to ${label(months.at(-1)?.month ?? '2000-01')}. ${
      cliff === null ? 'No funding cliff in sight.' : `Funding cliff in ${label(cliff)}.`
    }`,
    ...drawChart(option, usualHeight),
    table: {
      headings: ['Month', 'Certain', 'Expected'],
      rows: months.map(({ month, low, expected }) => [label(month), money(low), money(expected)]),
    },
  };
}

function line(name: string, color: string, data: number[]) {
  return {
    type: 'line' as const,
    name,
    data,
    step: 'end' as const,
    symbol: 'none',
    itemStyle: { color },
    lineStyle: { color, width: 2 },
  };
}

function marks(reserve: number, cliff: string | null) {
  const text = { ...chartText, textBorderWidth: 0 };
  const reserveLine = {
    yAxis: reserve,
    label: { ...text, formatter: 'Reserve', position: 'insideEndTop' as const },
    lineStyle: { color: chartColours.quiet, type: [2, 3], width: 1 },
  };
  const cliffLine = {
    xAxis: cliff ?? '',
    label: {
      ...text,
      color: chartColours.warning,
      fontWeight: 'bold' as const,
      formatter: 'Funding cliff',
      position: 'end' as const,
    },
    lineStyle: { color: chartColours.warning, type: 'solid' as const, width: 1.5 },
  };
  return { silent: true, symbol: 'none', data: cliff === null ? [reserveLine] : [reserveLine, cliffLine] };
}
