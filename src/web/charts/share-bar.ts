import { moneyText, shareText } from '../format.js';
import {
  chartColours,
  chartText,
  drawnHeight,
  drawSvg,
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
  const sorted = [...parts].sort((a, b) => (a.minor < b.minor ? 1 : a.minor > b.minor ? -1 : 0));
  const drawn = withOthers(sorted);
  const option: ChartOption = {
    legend: {
      top: 26,
      left: 0,
      itemWidth: 10,
      itemHeight: 10,
      itemGap: 16,
      icon: 'circle',
      textStyle: chartText,
    },
    grid: { left: 0, right: 0, top: 0, height: 18 },
    xAxis: { type: 'value', show: false, max: 'dataMax' },
    yAxis: { type: 'category', show: false, data: [''] },
    series: drawn.map(({ label, minor }, index) => ({
      type: 'bar' as const,
      name: `${label} ${shareText(minor, whole, settings.locale)}`,
      stack: 'whole',
      barWidth: 18,
      data: [drawnHeight(minor, settings.currency)],
      itemStyle: {
        color: colours[index] ?? chartColours['chart-6'],
        borderColor: chartColours.surface,
        borderWidth: 1,
      },
    })),
  };
  return {
    summary: `${title}: ${drawn.map(({ label, minor }) => `${label} ${shareText(minor, whole, settings.locale)}`).join(', ')}.`,
    wide: drawSvg(option, { width: 760, height: 72 }),
    narrow: drawSvg(option, { width: 360, height: 132 }),
    table: {
      headings: [title, 'Amount', 'Share'],
      rows: sorted.map(({ label, minor }) => [
        label,
        moneyText(minor, settings.currency, settings.locale),
        shareText(minor, whole, settings.locale),
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
