import type { ComponentChildren } from 'preact';
import { minorDigits } from '../../maths/money.js';
import { parseTypedAmount } from '../../maths/typed-amount.js';
import { Icon } from '../components/icon.js';
import { moneyText } from '../format.js';
import { useField, type FieldState } from './form.js';

export interface FieldProps {
  /** As in the API, nested by dots and brackets: `instalments[2].amount`. */
  name: string;
  label: string;
  /** A sentence under the field. */
  help?: ComponentChildren;
  optional?: boolean;
  /** Inside a table of rows: the heading is the label, so it is only read aloud. */
  compact?: boolean;
  /** Whether it does not say that it may be left out. */
  quiet?: boolean;
}

/** The value of a field as text. Only text, whole numbers and amounts have one. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
    ? String(value)
    : '';
}

/** What every input carries so that its label, help and error belong to it. */
function control({ id, error }: FieldState, { name, help, optional }: FieldProps) {
  const describedBy = [error ? `${id}-error` : '', help ? `${id}-help` : ''].filter(Boolean).join(' ');
  return {
    id,
    name,
    required: !optional,
    'aria-invalid': error ? ('true' as const) : undefined,
    'aria-describedby': describedBy || undefined,
  };
}

function Field({
  field,
  props,
  children,
}: {
  field: FieldState;
  props: FieldProps;
  children: ComponentChildren;
}) {
  return (
    <div class={field.error ? 'tb-field tb-field-refused' : 'tb-field'}>
      <label class={props.compact ? 'visually-hidden' : 'form-label'} for={field.id}>
        {props.label}
        {props.optional && !props.quiet && <span class="tb-optional"> optional</span>}
      </label>
      {children}
      <FieldNotes id={field.id} error={field.error} help={props.help} />
    </div>
  );
}

/** The error and the help of a field, under it. */
export function FieldNotes({ id, error, help }: { id: string; error?: string; help?: ComponentChildren }) {
  return (
    <>
      {error && (
        <p class="tb-field-error" id={`${id}-error`}>
          <Icon name="alert-circle" />
          {error}
        </p>
      )}
      {help && (
        <p class="tb-field-help" id={`${id}-help`}>
          {help}
        </p>
      )}
    </>
  );
}

export interface TextFieldProps extends FieldProps {
  type?: 'text' | 'email' | 'password';
  autocomplete?: string;
  maxLength?: number;
  placeholder?: string;
  /** Which keys a phone shows: `decimal` for a number that is no money. */
  keys?: 'text' | 'decimal';
}

/** One line of text. A password is never written back into the page. */
export function TextField(props: TextFieldProps) {
  const { type = 'text', autocomplete, maxLength, placeholder, keys } = props;
  const field = useField(props.name);
  const shared = { ...control(field, props), class: 'form-control', autocomplete, maxLength, placeholder };
  const value = textOf(field.value);
  return (
    <Field field={field} props={props}>
      {type === 'password' && <input {...shared} type="password" />}
      {type === 'email' && <input {...shared} type="email" value={value} />}
      {type === 'text' && <input {...shared} type="text" inputMode={keys} value={value} />}
    </Field>
  );
}

export interface AmountFieldProps extends FieldProps {
  currency: string;
}

/** An amount as people type it ("1,250.5"); under it stands how it was understood. */
export function AmountField(props: AmountFieldProps) {
  const field = useField(props.name);
  const typed = textOf(field.value);
  const hint = `${field.id}-understood`;
  const attributes = control(field, props);
  return (
    <Field field={field} props={props}>
      <div class="tb-amount">
        <span class="tb-amount-currency" aria-hidden="true">
          {props.currency}
        </span>
        <input
          {...attributes}
          aria-describedby={[attributes['aria-describedby'], hint].filter(Boolean).join(' ')}
          class="form-control"
          type="text"
          inputMode="decimal"
          autocomplete="off"
          value={typed}
          data-amount={props.currency}
          data-digits={minorDigits(props.currency)}
          data-locale={field.locale}
        />
      </div>
      <output class="tb-understood" id={hint} for={field.id}>
        {understood(typed, props.currency, field.locale)}
      </output>
    </Field>
  );
}

/** How a typed amount was understood: "£1,250.50", or nothing where it was not. */
export function understood(typed: string, currency: string, locale: string): string {
  if (typed.trim() === '') return '';
  try {
    return moneyText(parseTypedAmount(typed, currency), currency, locale);
  } catch {
    return '';
  }
}

/** A calendar date, sent as YYYY-MM-DD. */
export function DayField(props: FieldProps & { min?: string; max?: string }) {
  const field = useField(props.name);
  return (
    <Field field={field} props={props}>
      <input
        {...control(field, props)}
        class="form-control tb-day-input"
        type="date"
        min={props.min}
        max={props.max}
        value={textOf(field.value)}
      />
    </Field>
  );
}

/** A whole number. */
export function NumberField(props: FieldProps & { unit?: string }) {
  const field = useField(props.name);
  return (
    <Field field={field} props={props}>
      <div class="tb-amount">
        <input
          {...control(field, props)}
          class="form-control"
          type="text"
          inputMode="numeric"
          autocomplete="off"
          value={textOf(field.value)}
        />
        {props.unit && <span class="tb-amount-unit">{props.unit}</span>}
      </div>
    </Field>
  );
}

export interface Option {
  value: string;
  label: string;
  /** A line under the label, where options are shown one under the other. */
  note?: string;
}

export interface ChoiceFieldProps extends FieldProps {
  options: readonly Option[];
  /** The words of the empty option; without it the first option is chosen. */
  placeholder?: string;
}

/** One of many, in a list that drops down. */
export function ChoiceField(props: ChoiceFieldProps) {
  const field = useField(props.name);
  const chosen = textOf(field.value);
  return (
    <Field field={field} props={props}>
      <select {...control(field, props)} class="form-select">
        {props.placeholder !== undefined && <option value="">{props.placeholder}</option>}
        {props.options.map((option) => (
          <option value={option.value} selected={option.value === chosen}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** Several lines of text. */
export function LongTextField(props: FieldProps & { rows?: number; maxLength?: number }) {
  const field = useField(props.name);
  return (
    <Field field={field} props={props}>
      <textarea
        {...control(field, props)}
        class="form-control"
        rows={props.rows ?? 4}
        maxLength={props.maxLength}
      >
        {textOf(field.value)}
      </textarea>
    </Field>
  );
}

/** A value that is sent and not shown. */
export function HiddenField({ name, value }: { name: string; value: string }) {
  return <input type="hidden" name={name} value={value} />;
}
