import { readingsPath } from '../../goals/readings/report-readings.js';
import { Card } from '../../web/components/card.js';
import { HiddenField, LongTextField, TextField } from '../../web/forms/fields.js';
import { useField } from '../../web/forms/form.js';
import { decimalText } from '../../web/format.js';
import { CommentsAt } from '../field-comments.js';
import type { SpendReport } from '../spend-reports.read.js';
import type { ReportedSeries, ReportedValue } from './report-readings.read.js';

interface Props {
  report: SpendReport;
  locale: string;
}

/** In the form of a report: what is read for its goals in the period. Nothing where nothing is. */
export function ReadingFields({ report, locale }: Props) {
  if (report.readings.length === 0) return null;
  return (
    <Card
      title="Readings"
      note="What you read for these goals. Leave empty what is not known; nothing is to be guessed."
      id="readings"
    >
      <ul class="tb-reads">
        {report.readings.map((one, index) => (
          <li>
            <Head one={one} />
            <CommentsAt report={report} pointer={`/readings/${one.series.id}`} locale={locale} openOnly />
            {one.series.formula === null ? (
              <Entered one={one} name={`readings[${index}]`} locale={locale} />
            ) : (
              <Calculated one={one} locale={locale} />
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Head({ one: { series, inputs } }: { one: ReportedSeries }) {
  return (
    <div>
      <a class="tb-read-name" href={readingsPath(series)}>
        {series.name}
      </a>
      <span class="tb-under">
        {[
          series.unit,
          series.goalName,
          ...(series.formula === null
            ? []
            : [`calculated from ${inputs.map(({ name }) => name).join(' and ')}`]),
          ...(series.retiredAt === null ? [] : ['retired: it is read no more']),
        ].join(' · ')}
      </span>
    </div>
  );
}

function Entered({ one, name, locale }: { one: ReportedSeries; name: string; locale: string }) {
  const { series, values, source, method, note } = one;
  const wrong = [`${name}.source`, `${name}.method`, `${name}.note`].map((field) => useField(field).error);
  const { id, error } = useField(`${name}.seriesId`);
  const isCorrection = values.some(({ value, standing }) => isReadOtherwise(value, standing));
  return (
    <>
      <HiddenField name={`${name}.seriesId`} value={series.id} />
      {error && (
        <p class="tb-field-error" id={id}>
          {error}
        </p>
      )}
      <Rows
        values={values}
        draw={(value) => (
          <Cell one={one} value={value} name={`${name}.values[${values.indexOf(value)}]`} locale={locale} />
        )}
      />
      <details
        class="tb-more"
        open={wrong.some(Boolean) || isCorrection || [source, method, note].some((said) => said !== '')}
      >
        <summary>Source, method, note</summary>
        <TextField
          name={`${name}.source`}
          label={`Source of ${series.name}`}
          placeholder={series.source}
          maxLength={500}
          optional={series.source !== ''}
          quiet
        />
        <LongTextField
          name={`${name}.method`}
          label={`Method of ${series.name}`}
          rows={2}
          maxLength={2_000}
          optional
          quiet
        />
        <TextField
          name={`${name}.note`}
          label={`Note on ${series.name}`}
          maxLength={1_000}
          help="Needed where it corrects what somebody else has read: why."
          optional
          quiet
        />
      </details>
    </>
  );
}

const isReadOtherwise = (value: string | null, standing: ReportedValue['standing']): boolean =>
  value !== null && standing !== null && !standing.isOwn && standing.value !== value;

function Cell({ one: { series }, value: cell, name, locale }: CellProps) {
  const { period, dimension, category, standing } = cell;
  return (
    <div class="tb-read-cell">
      <HiddenField name={`${name}.period`} value={period} />
      {dimension !== '' && <HiddenField name={`${name}.dimension`} value={dimension} />}
      {category !== '' && <HiddenField name={`${name}.category`} value={category} />}
      <span class="tb-read-period" aria-hidden="true">
        {period}
      </span>
      <TextField
        name={`${name}.value`}
        label={[series.name, period, category].filter(Boolean).join(', ')}
        maxLength={40}
        keys="decimal"
        autocomplete="off"
        compact
        optional
        quiet
      />
      {standing !== null && !standing.isOwn && standing.value !== null && (
        <span class="tb-read-standing">read as {decimalText(standing.value, series.places, locale)}</span>
      )}
    </div>
  );
}

interface CellProps {
  one: ReportedSeries;
  value: ReportedValue;
  name: string;
  locale: string;
}

/** What is calculated: its value, or what is missing for it. */
function Calculated({ one: { series, values }, locale }: { one: ReportedSeries; locale: string }) {
  return (
    <Rows
      values={values}
      draw={({ period, value, missing, problem }) => (
        <div class="tb-read-cell">
          <span class="tb-read-period">{period}</span>
          {value === null ? (
            <span class="tb-read-standing">{problem ?? `needs ${missing.join(', ')}`}</span>
          ) : (
            <span class="tb-read-value">{decimalText(value, series.places, locale)}</span>
          )}
        </div>
      )}
    />
  );
}

/** The whole, and every part, each in a row of its periods. */
function Rows({
  values,
  draw,
}: {
  values: readonly ReportedValue[];
  draw: (value: ReportedValue) => ReturnType<typeof Cell>;
}) {
  const partOf = ({ dimension, category }: ReportedValue) => (category ? `${category} (${dimension})` : '');
  const parts = [...new Set(values.map(partOf))];
  if (parts.length === 1) return <div class="tb-read-cells">{values.map(draw)}</div>;
  const isOnePeriod = new Set(values.map(({ period }) => period)).size === 1;
  return (
    <div class={isOnePeriod ? 'tb-read-parts tb-read-parts-once' : 'tb-read-parts'}>
      {parts.map((part) => (
        <div class="tb-read-row">
          <span class="tb-read-part">{part || 'The whole'}</span>
          <div class="tb-read-cells">{values.filter((value) => partOf(value) === part).map(draw)}</div>
        </div>
      ))}
    </div>
  );
}
