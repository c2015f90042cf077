import { createContext, type ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import type { FieldError } from '../../platform/errors/domain-error.js';
import { Problem } from '../components/problem.js';
import { fieldId, nameFromPointer, pathFromName } from './field-names.js';

interface FormState {
  errors: ReadonlyMap<string, string>;
  values: Readonly<Record<string, unknown>>;
  locale: string;
}

const FormContext = createContext<FormState>({ errors: new Map(), values: {}, locale: 'en-GB' });

/** The element that an autosave replaces; what it answers has the same id. */
export const savedId = 'saved';

export interface FormProps {
  action: string;
  csrf: string;
  locale: string;
  /** Sent as `_idempotencyKey`: makes a repeated submit harmless. Needed wherever money moves. */
  idempotencyKey?: string;
  /** What the service refused, by pointer into the values. */
  errors?: readonly FieldError[];
  /** The sentence of the error as a whole, above the list of fields. */
  detail?: string;
  /** What stands in the fields: nested, as the API takes it and `readForm` gives it back. */
  values?: Readonly<Record<string, unknown>>;
  /** Says what happens: "Sign the pledge". */
  submit: string;
  /** Draws the button plainly, where another action of the page is the likelier one. */
  plain?: boolean;
  /** A second button, which sends the same fields elsewhere: "Submit the report". The enter key does the first. */
  also?: { label: string; action: string };
  /** Saves in passing, whenever a field is left: sends the form there, and puts what comes back into its foot. */
  autosave?: { action: string; state: ComponentChildren };
  /** Draws a part of the page anew whenever a field is left: sends the form there, and takes that element out of it. */
  live?: { action: string; id: string };
  /** Where "Cancel" leads; without it there is no such link. */
  cancelHref?: string;
  children: ComponentChildren;
}

/**
 * A form in one column: labels above, help below, errors beside their fields and listed on top. It works without
 * JavaScript; with it, leaving a changed form asks first.
 */
export function Form(props: FormProps) {
  const {
    action,
    csrf,
    locale,
    idempotencyKey,
    errors = [],
    detail,
    values = {},
    submit,
    plain,
    also,
    autosave,
    live,
    cancelHref,
  } = props;
  const saving = autosave && {
    'hx-post': autosave.action,
    'hx-trigger': 'change delay:600ms',
    'hx-target': `#${savedId}`,
    'hx-swap': 'outerHTML',
  };
  const redrawing = live && {
    'hx-post': live.action,
    'hx-trigger': 'change delay:200ms',
    'hx-target': `#${live.id}`,
    'hx-select': `#${live.id}`,
    'hx-swap': 'outerHTML',
  };
  const byName = new Map(errors.map((error) => [nameFromPointer(error.pointer), error.message]));
  return (
    <FormContext.Provider value={{ errors: byName, values, locale }}>
      <form
        class="tb-form"
        method="post"
        action={action}
        noValidate
        data-guard
        data-once
        {...saving}
        {...redrawing}
      >
        {(errors.length > 0 || detail) && <Problem detail={detail} errors={errors} />}
        <input type="hidden" name="_csrf" value={csrf} />
        {idempotencyKey && <input type="hidden" name="_idempotencyKey" value={idempotencyKey} />}
        {props.children}
        <div class="tb-form-submit">
          <button class={plain || also ? 'btn' : 'btn btn-primary'} type="submit">
            {submit}
          </button>
          {also && (
            <button class="btn btn-primary" type="submit" formAction={also.action}>
              {also.label}
            </button>
          )}
          {cancelHref && (
            <a class="btn btn-ghost-secondary" href={cancelHref}>
              Cancel
            </a>
          )}
          {autosave?.state}
        </div>
      </form>
    </FormContext.Provider>
  );
}

export interface FieldState {
  id: string;
  value: unknown;
  error?: string;
  locale: string;
}

/** What the form around knows about one field. */
export function useField(name: string): FieldState {
  const { errors, values, locale } = useContext(FormContext);
  const plainName = name.replace(/\[\]$/, '');
  return { id: fieldId(name), value: valueAt(values, name), error: errors.get(plainName), locale };
}

/** How many rows of a list the form's values hold. */
export function useRowCount(name: string): number {
  const rows = valueAt(useContext(FormContext).values, name);
  return Array.isArray(rows) ? rows.length : 0;
}

function valueAt(values: Readonly<Record<string, unknown>>, name: string): unknown {
  let place: unknown = values;
  for (const part of pathFromName(name)) {
    if (place === null || typeof place !== 'object' || !Object.hasOwn(place, part)) return undefined;
    place = (place as Record<string, unknown>)[part];
  }
  return place;
}
