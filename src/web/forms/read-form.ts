import { formatAmount } from '../../maths/money.js';
import { MathsError } from '../../maths/maths-error.js';
import { parseTypedDecimal } from '../../maths/decimals.js';
import { parseTypedAmount } from '../../maths/typed-amount.js';
import type { FieldError } from '../../platform/errors/domain-error.js';
import { pathFromName, pointerFromName } from './field-names.js';

export type FormBody = Readonly<Record<string, string | readonly string[] | undefined>>;
export type FormValue = string | boolean | FormValue[] | { [name: string]: FormValue };
export type FormObject = { [name: string]: FormValue };

const mostFields = 5_000;
const mostRows = 1_000;
const mostLevels = 6;
const word = /^[A-Za-z][A-Za-z0-9]{0,63}$/;
const forbidden = new Set(['constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty']);

/**
 * A posted form as the nested object that the API would get: `instalments[2].amount` goes into a list of rows,
 * `roles[]` into a list of texts. Texts are trimmed; a blank one is absent; rows left blank are dropped, and those
 * after them move up. Names that begin with "_" (the form's own) and names that are no names are left out.
 * Bounded in fields, rows and depth.
 */
export function formToObject(body: FormBody): FormObject {
  const root: Branch = new Map();
  for (const [name, raw] of Object.entries(body).slice(0, mostFields)) {
    const path = pathFromName(name);
    // A file is no text: whoever takes one asks for it by itself.
    if (!isText(raw) || !isSafe(path)) continue;
    const texts = (typeof raw === 'string' ? [raw] : [...raw])
      .map((text) => text.trim())
      .filter((text) => text !== '');
    if (texts.length === 0) continue;
    place(root, path, name.endsWith('[]') ? texts : texts.at(-1)!);
  }
  return plainObject(root);
}

const isText = (raw: FormBody[string]): raw is string | readonly string[] =>
  typeof raw === 'string' || Array.isArray(raw);

// Maps, not objects, until every key is known to be a plain word.
type Branch = Map<string, Branch | string | string[]>;

function isSafe(path: readonly string[]): boolean {
  const [first = '', ...rest] = path;
  if (path.length > mostLevels || !isWord(first)) return false;
  return rest.every((part) => isWord(part) || (/^\d{1,4}$/.test(part) && Number(part) < mostRows));
}

const isWord = (part: string): boolean => word.test(part) && !forbidden.has(part);

function place(root: Branch, path: readonly string[], value: string | string[]): void {
  let branch = root;
  for (const part of path.slice(0, -1)) {
    const next = branch.get(part);
    if (next !== undefined && !(next instanceof Map)) return;
    const inner: Branch = next ?? new Map<string, Branch | string | string[]>();
    branch.set(part, inner);
    branch = inner;
  }
  const last = path.at(-1)!;
  if (!(branch.get(last) instanceof Map)) branch.set(last, value);
}

function plainObject(branch: Branch): FormObject {
  return Object.fromEntries([...branch].map(([key, value]) => [key, plainValue(value)]));
}

function plainValue(value: Branch | string | string[]): FormValue {
  if (!(value instanceof Map)) return value;
  const keys = [...value.keys()];
  if (!keys.every((key) => /^\d+$/.test(key))) return plainObject(value);
  return keys.sort((a, b) => Number(a) - Number(b)).map((key) => plainValue(value.get(key)!));
}

type Currencies = Readonly<Record<string, string>>;

export interface FormShape {
  /** Checkboxes, by name: ticked is true, not ticked is false; `slices[].remaining` means that of every row. */
  flags?: readonly string[];
  /**
   * Typed amounts and their currency, by name; `instalments[].amount` means that of every row, `slices[].after.amount` one
   * inside an object of it. A currency may be
   * another field of the form.
   */
  amounts?: Currencies | ((values: FormObject) => Currencies);
  /** Typed numbers that are no money, by name: "1,250.5" becomes "1250.5"; `readings[].values[].value` that of every row of every row. */
  decimals?: readonly string[];
}

/**
 * Reads a posted form: nested values as the API takes them (amounts typed as "1,250.5" become "1250.50"), and what
 * could not be understood, by pointer, with the text left as it was typed.
 */
export function readForm(
  body: FormBody,
  shape: FormShape = {},
): { values: FormObject; errors: FieldError[] } {
  const values = formToObject(body);
  const errors: FieldError[] = [];
  for (const { holder, key } of (shape.flags ?? []).flatMap((flag) => spread(values, flag))) {
    holder[key] = holder[key] === 'true';
  }
  const currencies = typeof shape.amounts === 'function' ? shape.amounts(values) : shape.amounts;
  const understand = (name: string, read: (typed: string) => string) => {
    for (const field of spread(values, name)) {
      const typed = field.holder[field.key];
      if (typeof typed !== 'string') continue;
      try {
        field.holder[field.key] = read(typed);
      } catch (error) {
        if (!(error instanceof MathsError)) throw error;
        errors.push({ pointer: pointerFromName(field.name), code: error.code, message: error.detail });
      }
    }
  };
  for (const [name, currency] of Object.entries(currencies ?? {}))
    understand(name, (typed) => formatAmount(parseTypedAmount(typed, currency), currency));
  for (const name of shape.decimals ?? []) understand(name, parseTypedDecimal);
  return { values, errors };
}

const isObject = (value: FormValue | undefined): value is FormObject =>
  typeof value === 'object' && !Array.isArray(value);

interface Place {
  name: string;
  holder: FormObject;
  key: string;
}

/** Where `instalments[].amount` stands: one place for each row that holds it. */
function spread(values: FormObject, name: string): Place[] {
  const [list, ...keys] = name.split('[].');
  if (list === undefined || keys.length === 0) return [{ name, holder: values, key: name }];
  const rows = values[list];
  if (!Array.isArray(rows)) return [];
  return rows.flatMap((row, index) => {
    const places = isObject(row) ? within(row, keys.join('[].')) : [];
    return places.map((place) => ({ ...place, name: `${list}[${index}].${place.name}` }));
  });
}

/** Where `after.amount` stands in a row, or `values[].value`. */
function within(row: FormObject, key: string): Place[] {
  if (key.includes('[].')) return spread(row, key);
  const inner = key.split('.');
  const last = inner.pop()!;
  let holder: FormValue | undefined = row;
  for (const part of inner) holder = isObject(holder) ? holder[part] : undefined;
  return isObject(holder) ? [{ name: key, holder, key: last }] : [];
}
