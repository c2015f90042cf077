import { moneyText, shareText } from '../format.js';
import {
  chartColours,
  chartText,
  drawChart,
  drawnHeight,
  type Chart,
  type ChartOption,
  type ChartSettings,
} from './chart.js';

export interface SharePart {
  label: string;
  minor: bigint;
}

const colours = [
  chartColours['chart-received'],
  chartColours['chart-3'],
  chartColours['chart-4'],
  chartColours['chart-5'],
  chartColours['chart-pledged'],
];

/** Parts of a whole as one bar: the five largest, and the others together. Parts below zero cannot be drawn. */
export function shareBar(title: string, parts: readonly SharePart[], settings: ChartSettings): Chart {
  const whole = parts.reduce((total, { minor }) => total + minor, 0n);
  const share = (minor: bigint) => shareText(minor, whole, settings.locale);
  const sorted = [...parts].sort((a, b) => (a.minor < b.minor ? 1 : a.minor > b.minor ? -1 : 0));
  const drawn = withOthers(sorted);
  const option = (width: number): ChartOption => ({
    legend: {
      orient: width < 400 ? 'vertical' : 'horizontal',
      top: 26,
      left: 0,
      itemWidth: 10,
      itemHeight: 10,
      itemGap: width < 400 ? 8 : 16,
      icon: 'circle',
      textStyle: chartText,
    },
    grid: { left: 0, right: 0, top: 0, height: 18 },
    xAxis: { type: 'value', show: false, max: 'dataMax' },
    yAxis: { type: 'category', show: false, data: [''] },
    series: drawn.map(({ label, minor }, index) => ({
      type: 'bar' as const,
      name: `${label} ${share(minor)}`,
      stack: 'whole',
      barWidth: 18,
      data: [drawnHeight(minor, settings.currency)],
      itemStyle: {
        color: colours[index] ?? chartColours['chart-6'],
        borderColor: chartColours.surface,
        borderWidth: 1,
      },
    })),
  });
  const height = (width: number) => (width < 400 ? 36 + 22 * drawn.length : width < 600 ? 80 : 56);
  return {
    summary: `${title}: ${drawn.map(({ label, minor }) => `${label} ${share(minor)}`).join(', ')}.`,
    ...drawChart(option, height),
    table: {
      headings: [title, 'Amount', 'Share'],
      rows: sorted.map(({ label, minor }) => [
        label,
        moneyText(minor, settings.currency, settings.locale),
        share(minor),
      ]),
    },
  };
}

function withOthers(sorted: readonly SharePart[]): SharePart[] {
  if (sorted.length <= colours.length) return [...sorted];
  const rest = sorted.slice(colours.length);
  const others = rest.reduce((total, { minor }) => total + minor, 0n);
  return [...sorted.slice(0, colours.length), { label: `${rest.length} others`, minor: others }];
}
