import type { Day } from '../../maths/day.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { InstantText } from '../../web/components/dates.js';
import { ListCard, sortingOf } from '../../web/components/list-card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { ChoiceField, LongTextField, TextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { decimalText } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import type { Page } from '../../platform/http/list.js';
import type { Curve } from '../curve/curves.js';
import { seriesPath } from '../series/series.js';
import type { ReadingsQuery } from './reading.dto.js';
import type { Reading } from './readings.read.js';

export interface ReadingsView {
  curve: Curve;
  list: Page<Reading>;
  query: ReadingsQuery;
  mayRecord: boolean;
  /** Whether the reader may open the spend report that a reading came in. */
  seesReport: (reading: Reading) => boolean;
  today: Day;
  timeZone: string;
}

export interface ReadingsRefusals {
  one?: Refusal;
  table?: Refusal;
}

interface Props {
  page: PageContext;
  view: ReadingsView;
  refusals: ReadingsRefusals;
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

/** Every reading that was ever written; and, for those who may, writing down more: one, a table, or a file. */
export function ReadingsPage({ page, view, refusals }: Props) {
  const { series } = view.curve;
  const open = view.mayRecord && series.formula === null && series.retiredAt === null;
  return (
    <Shell page={page}>
      <PageHeader title="Readings" facts={`${series.name} · ${series.unit}`} />
      {series.formula !== null && (
        <p class="tb-notice">
          It is calculated from {view.curve.inputs.map(({ name }) => name).join(' and ')}, and takes no
          readings of its own.
        </p>
      )}
      {open && (
        <Columns>
          <OneReading page={page} view={view} refusals={refusals} />
          <Stack>
            <PastedTable page={page} view={view} refusals={refusals} />
            <CsvFile page={page} view={view} />
          </Stack>
        </Columns>
      )}
      <AllReadings page={page} view={view} />
    </Shell>
  );
}

function OneReading({ page, view: { curve }, refusals: { one } }: Props) {
  const { series, unread } = curve;
  const parts = series.disaggregation.flatMap(({ dimension, categories }) =>
    categories.map((category) => ({
      value: `${dimension}\n${category}`,
      label: `${category} (${dimension})`,
    })),
  );
  return (
    <Card title="Write down a reading">
      <Form
        action={`${seriesPath(series)}/readings`}
        csrf={page.csrf}
        locale={localeOf(page)}
        values={one?.values ?? { period: unread[0]?.periodKey, source: series.source, method: series.method }}
        errors={one?.errors}
        detail={one?.detail}
        submit="Write it down"
      >
        <TextField name="period" label="Period" maxLength={40} help={periodHelp[series.frequency]} />
        {parts.length > 0 && (
          <ChoiceField name="part" label="Of" optional options={parts} placeholder="The whole" />
        )}
        <TextField
          name="value"
          label={`Value, in ${series.unit}`}
          optional
          maxLength={60}
          help="Left empty, it takes back what was written for the period."
        />
        <TextField name="source" label="Source" optional={series.source !== ''} maxLength={500} />
        <LongTextField name="method" label="Method" optional rows={2} maxLength={2000} />
        <TextField
          name="note"
          label="Note"
          optional
          maxLength={1000}
          help="Needed where it corrects what was written: why. What stood before stays in sight."
        />
      </Form>
    </Card>
  );
}

const periodHelp = {
  month: 'Such as 2026-09.',
  quarter: 'Such as 2026-Q3.',
  halfYear: 'Such as 2026-H2.',
  year: 'Such as 2026.',
} as const;

function PastedTable({ page, view: { curve }, refusals: { table } }: Props) {
  const { series } = curve;
  const categories = series.disaggregation.flatMap((one) => one.categories);
  return (
    <Card title="Paste from a spreadsheet" note="All lines or none">
      <Form
        action={`${seriesPath(series)}/readings/table`}
        csrf={page.csrf}
        locale={localeOf(page)}
        values={table?.values ?? {}}
        errors={table?.errors}
        detail={table?.detail}
        submit="Take the lines"
        plain
      >
        <LongTextField
          name="table"
          label="Lines"
          rows={6}
          help={`Period and value, then source and note; or with a heading: period, value, source, note${
            categories.length > 0 ? `, ${categories.slice(0, 2).join(', ')} …` : ''
          }`}
        />
        <TextField
          name="correction"
          label="Why lines that were read before are corrected"
          optional
          maxLength={1000}
        />
      </Form>
    </Card>
  );
}

function CsvFile({ page, view: { curve } }: Omit<Props, 'refusals'>) {
  return (
    <Card title="Take a CSV file" note="The same columns; commas, semicolons or tabs">
      <form
        class="tb-form"
        method="post"
        action={`${seriesPath(curve.series)}/readings/file`}
        encType="multipart/form-data"
        data-once
      >
        <input type="hidden" name="_csrf" value={page.csrf} />
        <label class="form-label" for="readings-file">
          File
        </label>
        <input
          class="form-control"
          id="readings-file"
          type="file"
          name="file"
          accept=".csv,text/csv"
          required
        />
        <button class="btn" type="submit">
          Take the file
        </button>
      </form>
    </Card>
  );
}

function AllReadings({ page, view: { curve, list, query, timeZone, seesReport } }: Omit<Props, 'refusals'>) {
  const { series } = curve;
  const home = `${seriesPath(series)}/readings`;
  const locale = localeOf(page);
  const categories = series.disaggregation.flatMap((one) => one.categories);
  return (
    <ListCard
      page={page}
      title="Everything that was written down"
      note="A correction supersedes what stood before; nothing is overwritten"
      home={home}
      api={`/api/v1${home}`}
      query={query}
      list={list}
      filters={[
        {
          ...{ kind: 'choice', name: 'standing', label: 'Standing', any: 'All' },
          options: [
            { value: 'current', label: 'What stands' },
            { value: 'superseded', label: 'Superseded' },
          ],
        },
        ...(categories.length > 0
          ? [
              {
                ...{ kind: 'choice' as const, name: 'category', label: 'Of', any: 'Whole and parts' },
                options: categories.map((value) => ({ value, label: value })),
              },
            ]
          : []),
      ]}
    >
      <Table
        caption="Readings, the newest period first"
        rows={list.items}
        rowTone={({ supersededById }) => (supersededById === null ? undefined : 'muted')}
        sorting={sortingOf(home, query, '-period')}
        empty={{ icon: 'inbox', title: 'Nothing has been read yet' }}
        columns={[
          {
            heading: 'Period',
            sort: 'period',
            cell: ({ periodKey, category }) => (
              <>
                {periodKey}
                {category && <div class="tb-quiet">{category}</div>}
              </>
            ),
          },
          {
            heading: 'Value',
            kind: 'number',
            cell: ({ value }) => (value === null ? '–' : decimalText(value, series.places, locale)),
          },
          {
            heading: 'Source and method',
            wideOnly: true,
            cell: ({ source, method, note }) => (
              <>
                {source}
                {(method || note) && <div class="tb-quiet">{[method, note].filter(Boolean).join(' — ')}</div>}
              </>
            ),
          },
          {
            heading: 'Written',
            sort: 'recordedAt',
            wideOnly: true,
            cell: (reading) => (
              <>
                {reading.recordedBy}
                <div class="tb-quiet">
                  <Via reading={reading} seesReport={seesReport} />,{' '}
                  <InstantText at={reading.recordedAt} timeZone={timeZone} locale={locale} />
                </div>
              </>
            ),
          },
          { heading: 'State', cell: (reading) => <StatusBadge of="reading" state={stateOf(reading)} /> },
        ]}
      />
    </ListCard>
  );
}

const viaWords = {
  ...{ form: 'by form', paste: 'pasted', csv: 'from a file', api: 'by the API' },
  report: 'in a spend report',
} as const;

/** How it came in: by a spend report, which leads there for whoever may read it. */
function Via({ reading, seesReport }: { reading: Reading; seesReport: ReadingsView['seesReport'] }) {
  const words = viaWords[reading.via];
  if (reading.spendReportId === null || !seesReport(reading)) return <>{words}</>;
  return <a href={`/spend-reports/${reading.spendReportId}`}>{words}</a>;
}

function stateOf({ supersededById, value }: Reading): string {
  if (supersededById !== null) return 'superseded';
  return value === null ? 'withdrawn' : 'current';
}
