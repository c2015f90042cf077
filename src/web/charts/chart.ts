import * as echarts from 'echarts/core';
import { BarChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent } from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';
import type { ComposeOption } from 'echarts/core';
import type { BarSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts/charts';
import type { GridComponentOption, LegendComponentOption } from 'echarts/components';

echarts.use([
  BarChart,
  LineChart,
  ScatterChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  SVGRenderer,
]);

export type ChartOption = ComposeOption<
  BarSeriesOption | LineSeriesOption | ScatterSeriesOption | GridComponentOption | LegendComponentOption
>;

/** A drawing and the figures it shows. The drawings are whole SVG documents in the light colours. */
export interface Chart {
  /** Says in a sentence what the chart shows. */
  summary: string;
  /** 1040 pixels wide, for a card as wide as the page. */
  full: string;
  /** 760 pixels wide, for PDF, mail and the main column of a page. */
  wide: string;
  /** 540 pixels wide, for half a page. */
  medium: string;
  /** 340 pixels wide, for a side column and phones. */
  narrow: string;
  /** The figures as a table: the text alternative. */
  table: { headings: readonly string[]; rows: readonly (readonly string[])[] };
}

export interface ChartSettings {
  currency: string;
  locale: string;
}

/**
 * The colours charts may use, as they are on white paper. In pages each becomes the custom property of the same
 * name in tributary.css, so that a chart follows light and dark: use no other colour in a chart.
 */
export const chartColours = {
  'chart-pledged': '#a9cfca',
  'chart-received': '#0d635d',
  'chart-3': '#7b8fb8',
  'chart-4': '#c49a4a',
  'chart-5': '#93799f',
  'chart-6': '#8a9997',
  text: '#172322',
  quiet: '#566766',
  line: '#e2e8e7',
  'line-strong': '#c6d1cf',
  warning: '#875200',
  'good-soft': '#e3f3e8',
  'warning-soft': '#fdf0da',
  'bad-soft': '#fbe8e7',
  surface: '#fffffe',
} as const;

/** What all text in a chart shares. */
export const chartText = { fontFamily: 'Inter, sans-serif', fontSize: 12, color: chartColours.quiet };

export const chartWidths = { full: 1040, wide: 760, medium: 540, narrow: 340 } as const;

export type Drawings = Pick<Chart, 'full' | 'wide' | 'medium' | 'narrow'>;

/** Draws an option at every width: shrinking one drawing would shrink its words too. */
export function drawChart(
  option: (width: number) => ChartOption,
  height: (width: number) => number,
): Drawings {
  const draw = (width: number) => drawSvg(option(width), { width, height: height(width) });
  return {
    full: draw(chartWidths.full),
    wide: draw(chartWidths.wide),
    medium: draw(chartWidths.medium),
    narrow: draw(chartWidths.narrow),
  };
}

/** The usual height of a chart with axes. */
export const usualHeight = (width: number): number => (width < 400 ? 230 : 280);

/** Draws on the server, once, and frees the drawing. The same input always gives the same text. */
export function drawSvg(option: ChartOption, size: { width: number; height: number }): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption({ ...option, animation: false });
    return withoutInline(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}

/**
 * Takes out what a strict content security policy forbids, and what differs from run to run: the style element (it
 * holds hover effects only), style attributes (as presentation attributes they say the same), and counted ids.
 */
function withoutInline(svg: string): string {
  const plain = svg
    .replace(/<style[^>]*>[\s\S]*?<\/style>/g, '')
    .replace(/ (?:class|ecmeta_\w+|baseProfile)="[^"]*"/g, '')
    .replace(/ style="([^"]*)"/g, (_, style: string) => presentationAttributes(style));
  // Of what stays: the classes that were taken out are counted over all drawings.
  return plain.replace(/zr\d+-/g, `c${idOf(plain)}-`);
}

function presentationAttributes(style: string): string {
  return style
    .split(';')
    .map((declaration) => declaration.split(':'))
    .filter((pair): pair is [string, string] => pair.length === 2)
    .flatMap(([name, value]) => (name.trim() === 'font' ? fontAttributes(value.trim()) : [[name, value]]))
    .map(([name, value]) => ` ${name!.trim()}="${value!.trim()}"`)
    .join('');
}

/** "normal bold 12px Inter, sans-serif", part by part: as an attribute the whole says nothing. */
function fontAttributes(font: string): [string, string][] {
  const [, weight, size, family] = /^\S+ (\S+) (\S+) (.+)$/.exec(font) ?? [];
  if (!weight || !size || !family) return [];
  return [
    ['font-size', size],
    ['font-family', family],
    ...(weight === 'normal' ? [] : [['font-weight', weight] as [string, string]]),
  ];
}

/** A short number from the drawing's content: unlike for unlike charts on one page, the same from run to run. */
function idOf(svg: string): number {
  let hash = 7;
  for (const char of svg.replace(/zr\d+-/g, '')) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 1_000_003;
  return hash;
}

const byColour = new Map(Object.entries(chartColours).map(([name, colour]) => [colour as string, name]));

/** The drawing with custom properties in place of its colours, for a page. */
export function followTheme(svg: string): string {
  return svg.replace(/"(#[0-9a-f]{6})"/g, (whole, colour: string) => {
    const name = byColour.get(colour);
    return name ? `"var(--tb-${name})"` : whole;
  });
}

/** Major units as a floating-point number: good enough for where a line is drawn, and for nothing else. */
export function drawnHeight(minor: bigint, currency: string): number {
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
    .maximumFractionDigits;
  return Number(minor) / 10 ** (digits ?? 2);
}

/** "£4.2m" for the axis. */
export function axisLabel({ currency, locale }: ChartSettings): (value: number) => string {
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    notation: 'compact',
    minimumFractionDigits: 0,
    maximumFractionDigits: 1,
  });
  return (value) => format.format(value).replace('-', '\u2212');
}
