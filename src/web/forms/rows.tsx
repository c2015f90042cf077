import { Icon } from '../components/icon.js';
import { CheckboxField } from './choices.js';
import {
  AmountField,
  ChoiceField,
  DayField,
  FieldNotes,
  type FieldProps,
  TextField,
  type Option,
} from './fields.js';
import { useField, useRowCount } from './form.js';

export interface RowColumn {
  /** The field's name inside the row: `amount` becomes `instalments[2].amount`. */
  name: string;
  label: string;
  /** `more` is an object of fields that few rows need: under the row, folded away until it is opened. */
  kind: 'text' | 'amount' | 'day' | 'choice' | 'check' | 'more';
  /** The fields of `more`; named inside it: `after` and `count` become `slices[2].after.count`. */
  columns?: readonly RowColumn[];
  /** What opens `more`. */
  summary?: string;
  /** Of an amount. */
  currency?: string;
  /** Of a choice. */
  options?: readonly Option[];
  optional?: boolean;
}

interface RowsProps {
  name: string;
  legend: string;
  help?: string;
  columns: readonly RowColumn[];
  /** How many empty rows stand below those with values. Rows left blank are dropped by `readForm`. */
  blank?: number;
  /** False where the amounts alone are not the whole, such as beside percentages. */
  totalled?: boolean;
  /** Most rows; "Add a row" stops there. */
  most?: number;
}

/**
 * Rows of the same fields, such as the instalments of a pledge. Without JavaScript there is a fixed number of blank
 * rows; with it rows can be added and removed, a table can be pasted, and amounts are totalled as one types.
 */
export function RowsField({
  name,
  legend,
  help,
  columns,
  blank = 3,
  totalled = true,
  most = 120,
}: RowsProps) {
  const { id, error } = useField(name);
  const filled = useRowCount(name);
  const indexes = Array.from({ length: Math.min(most, filled + blank) }, (_, index) => String(index));
  const total = totalled ? columns.find((column) => column.kind === 'amount') : undefined;
  return (
    <fieldset class={error ? 'tb-field tb-field-refused' : 'tb-field'} id={id} tabIndex={-1}>
      <legend class="form-label">{legend}</legend>
      {help && <p class="tb-field-help">{help}</p>}
      {error && (
        <p class="tb-field-error" id={`${id}-error`}>
          <Icon name="alert-circle" />
          {error}
        </p>
      )}
      <div class="tb-rows" data-rows={name} data-most={most}>
        <table class={columns.some(isMore) ? 'tb-rows-table tb-rows-folded' : 'tb-rows-table'}>
          <caption class="visually-hidden">{legend}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th
                  scope="col"
                  class={
                    column.kind === 'amount'
                      ? 'tb-col-number'
                      : isMore(column)
                        ? 'visually-hidden'
                        : undefined
                  }
                >
                  {column.label}
                  {column.kind === 'amount' && ` (${column.currency ?? ''})`}
                </th>
              ))}
              <th class="tb-rows-remove">
                <span class="visually-hidden">Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {indexes.map((index) => (
              <Row list={name} index={index} columns={columns} />
            ))}
          </tbody>
        </table>
        <template>
          <Row list={name} index="999" columns={columns} />
        </template>
        <div class="tb-rows-foot">
          <button class="btn btn-sm" type="button" data-add-row hidden>
            <Icon name="plus" />
            Add a row
          </button>
          {total && <output class="tb-rows-total" data-total={total.name} data-currency={total.currency} />}
        </div>
      </div>
    </fieldset>
  );
}

const isMore = ({ kind }: RowColumn): boolean => kind === 'more';

function Row({ list, index, columns }: { list: string; index: string; columns: readonly RowColumn[] }) {
  const { id, error } = useField(`${list}[${index}]`);
  return (
    <tr data-row id={error ? id : undefined} tabIndex={error ? -1 : undefined}>
      {columns.map((column, position) => (
        <td class={isMore(column) ? 'tb-rows-under' : undefined}>
          <RowCell list={list} index={index} column={column} />
          {position === 0 && <FieldNotes id={id} error={error} />}
        </td>
      ))}
      <td class="tb-rows-remove">
        <button
          class="btn btn-icon btn-ghost-secondary"
          type="button"
          data-remove-row
          hidden
          aria-label="Remove this row"
        >
          <Icon name="trash" />
        </button>
      </td>
    </tr>
  );
}

function RowCell({ list, index, column }: { list: string; index: string; column: RowColumn }) {
  if (column.kind === 'more') return <MoreCell name={`${list}[${index}].${column.name}`} column={column} />;
  // Blank rows are dropped, so no field of a row can be required by the browser.
  const props = {
    name: `${list}[${index}].${column.name}`,
    label: column.label,
    compact: true,
    optional: true,
  };
  return <CellField column={column} props={props} />;
}

function MoreCell({ name, column }: { name: string; column: RowColumn }) {
  const { value, error } = useField(name);
  const isFilled = value !== undefined && value !== null;
  return (
    <details class="tb-more tb-rows-more" open={isFilled || error !== undefined}>
      <summary>{column.summary}</summary>
      <div class="tb-rows-more-fields">
        {column.columns?.map((inner) => (
          <CellField
            column={inner}
            props={{ name: `${name}.${inner.name}`, label: inner.label, optional: true, quiet: true }}
          />
        ))}
      </div>
    </details>
  );
}

function CellField({ column, props }: { column: RowColumn; props: FieldProps }) {
  switch (column.kind) {
    case 'more':
      return null;
    case 'amount':
      return <AmountField {...props} currency={column.currency ?? 'XXX'} />;
    case 'day':
      return <DayField {...props} />;
    case 'choice':
      return <ChoiceField {...props} options={column.options ?? []} placeholder="" />;
    case 'check':
      return <CheckboxField {...props} />;
    case 'text':
      return <TextField {...props} />;
  }
}
