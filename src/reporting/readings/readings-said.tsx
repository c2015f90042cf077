import { readingsPath } from '../../goals/readings/report-readings.js';
import { Card } from '../../web/components/card.js';
import { Table } from '../../web/components/table.js';
import { decimalText } from '../../web/format.js';
import { CommentsAt } from '../field-comments.js';
import type { SpendReport } from '../spend-reports.read.js';
import type { ReportedSeries, ReportedValue } from './report-readings.read.js';

interface Props {
  report: SpendReport;
  locale: string;
}

interface Row {
  one: ReportedSeries;
  value: ReportedValue | null;
  isFirst: boolean;
}

/** What a report says was read, to read; each leads to where its readings are. */
export function ReadingsSaid({ report, locale }: Props) {
  const rows = report.readings.flatMap((one) => rowsOf(one, report));
  if (rows.length === 0) return null;
  return (
    <Card
      title="Readings"
      note="A population’s indicators and programmes’ measures are never added up"
      id="readings"
      flush
    >
      <Table
        caption="What was read in the period"
        rows={rows}
        rowHref={({ one: { series } }) => readingsPath(series)}
        columns={[
          {
            heading: 'Read of',
            cell: ({ one, value, isFirst }) => (
              <>
                {one.series.name}
                {value !== null && (
                  <span class="tb-under">{[value.period, value.category].filter(Boolean).join(', ')}</span>
                )}
                {isFirst && (
                  <CommentsAt report={report} pointer={`/readings/${one.series.id}`} locale={locale} />
                )}
              </>
            ),
          },
          {
            heading: 'Source and method',
            wideOnly: true,
            cell: ({ one, isFirst }) => isFirst && <Words one={one} />,
          },
          {
            heading: 'Value',
            kind: 'number',
            cell: ({ one, value }) => value !== null && <Value one={one} value={value} locale={locale} />,
          },
        ]}
      />
    </Card>
  );
}

/** Its values that say something; a series that is commented on, and says nothing, has a row of its own. */
function rowsOf(one: ReportedSeries, { comments }: SpendReport): Row[] {
  const said = one.values.filter(
    ({ value, missing }) => value !== null || (missing.length > 0 && missing.length < one.inputs.length),
  );
  const rows = said.map((value, index): Row => ({ one, value, isFirst: index === 0 }));
  const isAsked = comments.some(({ pointer }) => pointer === `/readings/${one.series.id}`);
  return rows.length === 0 && isAsked ? [{ one, value: null, isFirst: true }] : rows;
}

function Words({ one: { series, source, method, note, inputs } }: { one: ReportedSeries }) {
  if (series.formula !== null)
    return <span class="tb-quiet">{`Calculated from ${inputs.map(({ name }) => name).join(' and ')}`}</span>;
  const more = [method || series.method, note].filter(Boolean).join(' — ');
  return (
    <>
      {source || series.source}
      {more && <span class="tb-under">{more}</span>}
    </>
  );
}

function Value({
  one: { series },
  value: said,
  locale,
}: {
  one: ReportedSeries;
  value: ReportedValue;
  locale: string;
}) {
  const { value, missing, problem, standing, settled } = said;
  if (value === null) return <span class="tb-quiet">{problem ?? `needs ${missing.join(', ')}`}</span>;
  const isReadOtherwise = settled !== null && standing !== null && standing.value !== value;
  return (
    <>
      {decimalText(value, series.places, locale)}
      <span class="tb-under">{series.unit}</span>
      {isReadOtherwise && (
        <span class="tb-under">
          {standing.value === null
            ? 'taken back since'
            : `corrected since: ${decimalText(standing.value, series.places, locale)}`}
        </span>
      )}
    </>
  );
}
