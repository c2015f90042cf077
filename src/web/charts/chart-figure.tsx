import { Icon } from '../components/icon.js';
import { Table } from '../components/table.js';
import { followTheme, type Chart } from './chart.js';

/**
 * A chart in a page. The drawing stands in the page itself and takes its colours from custom properties, so that it
 * follows light, dark and print. (As an image with data in its address it could not follow the chosen theme.) The
 * same figures are in a table under it.
 */
export function ChartFigure({ chart, caption }: { chart: Chart; caption?: string }) {
  const { headings, rows } = chart.table;
  return (
    <figure class="tb-chart">
      {caption && <figcaption>{caption}</figcaption>}
      <div role="img" aria-label={chart.summary}>
        <div class="tb-chart-full" dangerouslySetInnerHTML={{ __html: followTheme(chart.full) }} />
        <div class="tb-chart-wide" dangerouslySetInnerHTML={{ __html: followTheme(chart.wide) }} />
        <div class="tb-chart-medium" dangerouslySetInnerHTML={{ __html: followTheme(chart.medium) }} />
        <div class="tb-chart-narrow" dangerouslySetInnerHTML={{ __html: followTheme(chart.narrow) }} />
      </div>
      <details class="tb-chart-figures">
        <summary>
          <Icon name="chevron-right" />
          The figures
        </summary>
        <Table
          caption={chart.summary}
          columns={headings.map((heading, index) => ({
            heading,
            kind: index === 0 ? ('text' as const) : ('number' as const),
            cell: (row: readonly string[]) => row[index],
          }))}
          rows={rows}
        />
      </details>
    </figure>
  );
}

/** A small drawing among others like it: it says in a sentence what it shows. */
export function SmallFigure({ summary, svg }: { summary: string; svg: string }) {
  return (
    <div
      class="tb-small-chart"
      role="img"
      aria-label={summary}
      dangerouslySetInnerHTML={{ __html: followTheme(svg) }}
    />
  );
}
