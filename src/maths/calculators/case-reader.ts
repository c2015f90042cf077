import { isHolidayCalendar } from '../business-day.js';
import { type Day, isDay, isTimeZone } from '../day.js';
import { parseDecimal, powerOfTen } from '../exact.js';
import { MathsError } from '../maths-error.js';
import { isCurrency, parseAmount } from '../money.js';
import { type CaseError, CalculatorProblem } from './calculator-problem.js';

/**
 * Strict reading of a case, which is JSON from anybody. A reader takes a value, and where it stands, to what the maths
 * need; what it cannot read it reports, so that one answer names everything that is wrong. Unknown keys are wrong.
 */
export type Reader<T> = (value: unknown, place: Place) => T | Unread;

// The detail repeats the first of the errors, the list has them all.
const mostSentences = 3;

const unread = Symbol('unread');
type Unread = typeof unread;

/** Where a value stands in the case, and the list of what was found wrong so far. */
class Place {
  constructor(
    readonly pointer: string,
    private readonly errors: CaseError[],
  ) {}

  at(key: string | number): Place {
    const token = String(key).replaceAll('~', '~0').replaceAll('/', '~1');
    return new Place(`${this.pointer}/${token}`, this.errors);
  }

  wrong(code: string, message: string): Unread {
    this.errors.push({ pointer: this.pointer, code, message });
    return unread;
  }
}

/** Reads a whole case, or throws a CalculatorProblem that names everything wrong with it. */
export function readCase<T>(reader: Reader<T>, input: unknown): T {
  const errors: CaseError[] = [];
  const read = reader(input, new Place('', errors));
  if (read !== unread && errors.length === 0) return read;
  const sentences = errors.map(({ pointer, message }) => (pointer ? `At ${pointer}: ${message}` : message));
  throw new CalculatorProblem('invalidCase', sentences.slice(0, mostSentences).join(' '), errors);
}

const optionalMark = Symbol('optional');
type Optional<T> = Reader<T | undefined> & { [optionalMark]: true };

type Read<Fields> = { [Key in keyof Fields]: Fields[Key] extends Reader<infer T> ? T : never };

/** A key that may be left out, or be null, which means the same. */
export function optional<T>(reader: Reader<T>): Optional<T> {
  const read: Reader<T | undefined> = (value, place) => (value === null ? undefined : reader(value, place));
  return Object.assign(read, { [optionalMark]: true as const });
}

/** A value that may be null, but must be there. */
export function nullable<T>(reader: Reader<T>): Reader<T | null> {
  return (value, place) => (value === null ? null : reader(value, place));
}

/** An object with these keys, all of them unless optional, and no other. */
export function record<Fields extends Record<string, Reader<unknown>>>(fields: Fields): Reader<Read<Fields>> {
  return (value, place) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return place.wrong('notAnObject', `Give an object with ${Object.keys(fields).join(', ')}.`);
    }
    const given = new Map(Object.entries(value));
    let whole = true;
    for (const key of given.keys()) {
      if (Object.hasOwn(fields, key)) continue;
      whole = false;
      place
        .at(key)
        .wrong('unknownKey', `This key is not known here. Known are ${Object.keys(fields).join(', ')}.`);
    }
    const entries = Object.entries(fields).map(([key, reader]) => {
      const read = given.has(key) ? reader(given.get(key), place.at(key)) : absent(reader, place.at(key));
      whole &&= read !== unread;
      return [key, read];
    });
    return whole ? (Object.fromEntries(entries) as Read<Fields>) : unread;
  };
}

function absent(reader: Reader<unknown>, place: Place): undefined | Unread {
  return optionalMark in reader ? undefined : place.wrong('missing', 'This is missing.');
}

/** The one of several shapes whose telling key is there: `{percent}`, `{amount}` or `{remaining}`. */
export function byKey<Shapes extends Record<string, Reader<unknown>>>(
  shapes: Shapes,
): Reader<Read<Shapes>[keyof Shapes]> {
  return (value, place) => {
    const keys = Object.keys(shapes);
    const given =
      typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
    const telling = keys.find((key) => given.includes(key));
    if (!telling) return place.wrong('shapeUnknown', `Give an object with one of ${keys.join(', ')}.`);
    return shapes[telling]!(value, place) as Read<Shapes>[keyof Shapes] | Unread;
  };
}

/** The one of several shapes that its `kind` names. */
export function byKind<Shapes extends Record<string, Reader<unknown>>>(
  shapes: Shapes,
): Reader<Read<Shapes>[keyof Shapes]> {
  const kinds = Object.keys(shapes);
  return (value, place) => {
    const kind = (value as { kind?: unknown } | null)?.kind;
    if (typeof kind !== 'string' || !Object.hasOwn(shapes, kind)) {
      return place.at('kind').wrong('kindUnknown', `Give ${kinds.map((one) => `"${one}"`).join(' or ')}.`);
    }
    return shapes[kind]!(value, place) as Read<Shapes>[keyof Shapes] | Unread;
  };
}

/** A list of `least` to `most` things alike. */
export function list<T>(reader: Reader<T>, { least = 0, most = 5000 } = {}): Reader<T[]> {
  return (value, place) => {
    if (!Array.isArray(value)) return place.wrong('notAList', 'Give a list.');
    if (value.length < least) return place.wrong('tooFew', `The list needs at least ${least}.`);
    if (value.length > most) return place.wrong('tooMany', `The list may hold at most ${most}.`);
    const items = value.map((item: unknown, index) => reader(item, place.at(index)));
    return items.includes(unread) ? unread : (items as T[]);
  };
}

/** Text that says something, up to 200 characters. */
export const text: Reader<string> = (value, place) => {
  if (typeof value !== 'string') return place.wrong('notText', 'Give text, in quotation marks.');
  if (value.trim() === '') return place.wrong('empty', 'This must not be empty.');
  return value.length <= 200 ? value : place.wrong('tooLong', 'Use at most 200 characters.');
};

/** One word of a list. */
export function oneOf<const Word extends string | boolean>(words: readonly Word[]): Reader<Word> {
  return (value, place) =>
    words.find((word) => word === value) ??
    place.wrong('notAChoice', `Give ${words.map((word) => JSON.stringify(word)).join(' or ')}.`);
}

/** A whole JSON number. */
export function integer(least: number, most: number): Reader<number> {
  return (value, place) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
      ? value
      : place.wrong('notAnInteger', `Give a whole number from ${least} to ${most}, without quotation marks.`);
}

/** Bounds that belong to the range themselves. */
type Range = { least?: undefined; most?: undefined } | { least: bigint; most?: bigint };

/** A decimal as text, such as "0.065"; it stays text, which is exact. Without bounds it may be negative. */
export function decimal({ least, most }: Range = {}): Reader<string> {
  const range =
    least === undefined ? '' : most === undefined ? `, ${least} or more` : `, from ${least} to ${most}`;
  return textThat('notADecimal', `Give a decimal number as text, such as "0.5"${range}.`, (value) => {
    const { units, scale } = parseDecimal(value);
    const one = powerOfTen(scale);
    const isWithin =
      (least === undefined || units >= least * one) && (most === undefined || units <= most * one);
    return isWithin ? value : undefined;
  });
}

/** A yearly rate from nothing to 100,000 %, which bounds how long an amount that compounds can get. */
export const yearlyRate: Reader<string> = decimal({ least: 0n, most: 1000n });

/** A calendar date. */
export const day: Reader<Day> = textThat('notADate', 'Give a calendar date such as "2026-04-01".', (value) =>
  isDay(value) ? value : undefined,
);

/** An IANA time zone. */
export const timeZone: Reader<string> = textThat(
  'unknownTimeZone',
  'Give an IANA time zone such as "Europe/London".',
  (value) => (isTimeZone(value) ? value : undefined),
);

/** The name of a holiday calendar. */
export const holidays: Reader<string> = textThat(
  'unknownHolidays',
  'Give a known holiday calendar such as "GB-ENG", "US" or "DE-BY".',
  (value) => (isHolidayCalendar(value) ? value : undefined),
);

/** An ISO 4217 code. */
export const currencyCode: Reader<string> = textThat(
  'unknownCurrency',
  'Give an ISO 4217 currency code such as "GBP".',
  (value) => (isCurrency(value) ? value : undefined),
);

/** An amount in the case's currency, as minor units; negative only where that means something. */
export type AmountReader = (options?: { negative?: boolean }) => Reader<bigint>;

/**
 * A case whose amounts are in the currency that it names. Where it names none that is known, the currency is what is
 * wrong, and the amounts are not looked at.
 */
export function inCurrency<T>(shape: (amount: AmountReader) => Reader<T>): Reader<T> {
  return (value, place) => {
    const named = (value as { currency?: unknown } | null)?.currency;
    const currency = typeof named === 'string' && isCurrency(named) ? named : undefined;
    const amount: AmountReader =
      ({ negative = false } = {}) =>
      (given, at) => {
        if (typeof given !== 'string')
          return at.wrong('notText', 'Give an amount as text, such as "1250.00".');
        return currency === undefined ? unread : readAmount(given, currency, negative, at);
      };
    return shape(amount)(value, place);
  };
}

function readAmount(given: string, currency: string, negative: boolean, place: Place): bigint | Unread {
  try {
    const minor = parseAmount(given, currency);
    return minor < 0n && !negative ? place.wrong('negativeAmount', 'This must not be negative.') : minor;
  } catch (error) {
    if (error instanceof MathsError) return place.wrong(error.code, error.detail);
    throw error;
  }
}

function textThat(
  code: string,
  message: string,
  read: (value: string) => string | undefined,
): Reader<string> {
  return (value, place) => {
    try {
      const found = typeof value === 'string' ? read(value) : undefined;
      return found ?? place.wrong(code, message);
    } catch (error) {
      if (error instanceof MathsError) return place.wrong(code, message);
      throw error;
    }
  };
}
