import { moneyText } from '../format.js';
import type { BarPair, PairWords } from './bars-in-pairs.js';
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

/** Room for a name before its bars, in pixels: a longer one breaks into lines, and ends in dots after the second. */
const nameWidth = (width: number): number => (width < 400 ? 110 : 220);

/** What was said of each by its name, and below it what came: bars that lie, because names are longer than years. */
export function namedPairs(pairs: readonly BarPair[], words: PairWords, settings: ChartSettings): Chart {
  const money = (minor: bigint) => moneyText(minor, settings.currency, settings.locale);
  const heights = (of: (pair: BarPair) => bigint) =>
    pairs.map((pair) => drawnHeight(of(pair), settings.currency));
  const option = (width: number): ChartOption => ({
    legend: {
      ...{ top: 0, left: 0, itemWidth: 12, itemHeight: 12, itemGap: 18, icon: 'roundRect' },
      textStyle: chartText,
    },
    // The names have their room, whatever they are measured to be.
    grid: { left: nameWidth(width) + 12, right: 28, top: 36, bottom: 26, outerBoundsMode: 'none' },
    xAxis: {
      type: 'value',
      splitNumber: 4,
      axisLabel: { ...chartText, formatter: axisLabel(settings) },
      splitLine: { lineStyle: { color: chartColours.line } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: pairs.map(({ label }) => inLines(label, nameWidth(width))),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: chartColours['line-strong'] } },
      axisLabel: { ...chartText, interval: 0, lineHeight: 15 },
    },
    series: [
      bars(
        words.said,
        chartColours['chart-pledged'],
        heights(({ said }) => said),
      ),
      bars(
        words.came,
        chartColours['chart-received'],
        heights(({ came }) => came),
      ),
    ],
  });
  return {
    summary: `${words.said} beside ${words.came.toLowerCase()}, by ${words.label.toLowerCase()}: ${pairs
      .map(({ label, said, came }) => `${label} ${money(said)} and ${money(came)}`)
      .join('; ')}.`,
    ...drawChart(option, () => 62 + 46 * pairs.length),
    table: {
      headings: [words.label, words.said, words.came],
      rows: pairs.map(({ label, said, came }) => [label, money(said), money(came)]),
    },
  };
}

/** About how wide a letter is at the size of chart text. */
const letterWidth = 7;

/** A name in two lines at most, broken between words. */
function inLines(name: string, width: number): string {
  const most = Math.floor(width / letterWidth);
  const lines = [''];
  for (const word of name.split(' ')) {
    const line = lines.at(-1)!;
    if (line !== '' && line.length + 1 + word.length > most) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  const shown = lines.slice(0, 2).map((line) => (line.length > most ? `${line.slice(0, most - 1)}…` : line));
  return shown.join('\n') + (lines.length > 2 ? '…' : '');
}

function bars(name: string, color: string, data: number[]) {
  return {
    ...{ type: 'bar' as const, name, data, itemStyle: { color, borderRadius: [0, 3, 3, 0] } },
    ...{ barMaxWidth: 14, barGap: '12%', barCategoryGap: '30%' },
  };
}
