import { Card } from '../../../web/components/card.js';
import { ChoiceField, FieldNotes, HiddenField, NumberField, TextField } from '../../../web/forms/fields.js';
import { Form, useField } from '../../../web/forms/form.js';
import { newIdempotencyKey } from '../../../web/pages.js';
import { localeOf } from '../../../pools/pool-frame.js';
import { columnNames, delimiters, encodings, meanings, words } from './csv-mapping.rules.js';
import type { CsvMappingProps, CsvMappingView } from './csv-mapping-page.js';
import { delimiterWords, encodingWords } from './csv-shape-form.js';
import { dateFormats } from './csv-values.js';
import { understoodId } from './understood-card.js';

const decimalOptions = [
  { value: 'point', label: 'a point: 1250.50' },
  { value: 'comma', label: 'a comma: 1250,50' },
];
const thousandsOptions = [
  { value: 'none', label: 'nothing: 1250' },
  { value: 'comma', label: 'a comma: 1,250' },
  { value: 'point', label: 'a point: 1.250' },
  { value: 'space', label: 'a space: 1 250' },
  { value: 'apostrophe', label: 'an apostrophe: 1’250' },
];

/** What each column is, and how dates and amounts are written; what is left is shown below as one chooses. */
export function CsvMappingForm({ page, view, refusal }: CsvMappingProps) {
  const { pool, mapping, file } = view;
  const action = mapping ? `/csv-mappings/${mapping.id}` : `/pools/${pool.id}/csv-mappings`;
  const preview = `/pools/${pool.id}/csv-mappings/preview`;
  return (
    <Card
      title="What each column is"
      note="The date, and the amount signed or as money in and out. All else is of use."
    >
      <Form
        action={action}
        csrf={page.csrf}
        locale={localeOf(page)}
        idempotencyKey={newIdempotencyKey()}
        values={refusal?.values ?? view.values}
        errors={refusal?.errors}
        detail={refusal?.detail}
        live={file && !mapping ? { action: preview, id: understoodId } : undefined}
        submit={file && !mapping ? 'Save it, and import the file' : 'Save it'}
        cancelHref={`/pools/${pool.id}/bank`}
      >
        <Columns view={view} />
        <ShapeFields view={view} />
        <div class="tb-csv-shape">
          <ChoiceField
            name="dateFormat"
            label="Dates are written"
            options={dateFormats.map((format) => ({ value: format, label: format }))}
          />
          <ChoiceField name="decimalMark" label="Decimals after" options={decimalOptions} />
          <ChoiceField name="thousandsMark" label="Thousands apart by" options={thousandsOptions} />
        </div>
        <TextField
          name="account"
          label="Account"
          help="IBAN or number of the account that the files are of. Lines are told apart by it."
          autocomplete="off"
          maxLength={60}
        />
        <TextField
          name="name"
          label="Name of this mapping"
          help="Next time it is chosen by this name, and the file is imported at once."
          autocomplete="off"
          maxLength={100}
        />
        {mapping && <HiddenField name="version" value={String(mapping.version)} />}
        {file && !mapping && (
          <noscript>
            <button class="btn" type="submit" formAction={preview}>
              Show how it is understood
            </button>
          </noscript>
        )}
      </Form>
    </Card>
  );
}

/** Of a saved mapping these can be changed; of a file they are as it was read above. */
function ShapeFields({ view: { mapping, sample } }: { view: CsvMappingView }) {
  if (!mapping) {
    const { delimiter, encoding, headingLine } = sample!.shape;
    return (
      <>
        <HiddenField name="delimiter" value={delimiter} />
        <HiddenField name="encoding" value={encoding} />
        <HiddenField name="headingLine" value={String(headingLine)} />
      </>
    );
  }
  return (
    <div class="tb-csv-shape">
      <ChoiceField
        name="delimiter"
        label="Cells apart by"
        options={delimiters.map((value) => ({ value, label: delimiterWords[value] }))}
      />
      <ChoiceField
        name="encoding"
        label="Letters in"
        options={encodings.map((value) => ({ value, label: encodingWords[value] }))}
      />
      <NumberField name="headingLine" label="Heading in line (0: none)" />
    </div>
  );
}

/** The columns one under the other, with what stands in the first rows beside each. */
function Columns({ view }: { view: CsvMappingView }) {
  const { id, error } = useField('columns');
  return (
    <fieldset class={error ? 'tb-field tb-field-refused' : 'tb-field'} id={id} tabIndex={-1}>
      <legend class="visually-hidden">Columns</legend>
      <FieldNotes id={id} error={error} />
      <div class="tb-table-wrap">
        <table class="table table-vcenter tb-table tb-csv-columns">
          <caption class="visually-hidden">The columns of the file</caption>
          <thead>
            <tr>
              <th scope="col">Column, and what stands in it</th>
              <th scope="col">It is</th>
            </tr>
          </thead>
          <tbody>
            {view.names.map((name, index) => (
              <ColumnRow name={name} index={index} view={view} />
            ))}
          </tbody>
        </table>
      </div>
    </fieldset>
  );
}

function ColumnRow({ name, index, view: { sample } }: { name: string; index: number; view: CsvMappingView }) {
  const { id, value, error } = useField(`columns[${index}].is`);
  const place = sample ? columnNames(sample.names).indexOf(name) : -1;
  const seen = (sample?.rows ?? []).map((row) => row[place]?.trim() ?? '').filter((cell) => cell !== '');
  return (
    <tr>
      <th scope="row">
        <HiddenField name={`columns[${index}].column`} value={name} />
        <label for={id}>{name}</label>
        <span class="tb-under tb-csv-seen">{[...new Set(seen)].slice(0, 3).join(' · ')}</span>
      </th>
      <td>
        <select class="form-select" id={id} name={`columns[${index}].is`}>
          <option value="">not used</option>
          {meanings.map((is) => (
            <option value={is} selected={is === value}>
              {words[is]}
            </option>
          ))}
        </select>
        <FieldNotes id={id} error={error} />
      </td>
    </tr>
  );
}
