import type { CalendarPeriod } from '../../maths/calendar-period.js';
import { compareDays, type Day } from '../../maths/day.js';
import { MathsError } from '../../maths/maths-error.js';
import { fieldError } from '../../platform/errors/domain-error.js';
import type { Series } from '../series/series.js';
import { keptValue, type Part } from '../series/series.rules.js';
import { parseTypedPeriod } from './typed-period.js';

export const readingVias = ['form', 'paste', 'csv', 'api', 'report'] as const;
/** How a reading came in. */
export type ReadingVia = (typeof readingVias)[number];

/** A reading as somebody gives it. */
export interface ReadingInput {
  /** A period of the series, or a day in it. */
  period: string;
  dimension?: string | null;
  category?: string | null;
  /** A plain decimal; null takes back what was written for the period. */
  value: string | null;
  source?: string | null;
  method?: string | null;
  note?: string | null;
}

/** What stands for a period and part now. */
export interface CurrentReading extends Part {
  id: string;
  periodKey: string;
  value: string | null;
}

/** A reading to be written down. */
export interface NewReading extends Part {
  period: CalendarPeriod;
  value: string | null;
  source: string;
  method: string;
  note: string;
  supersedesId: string | null;
}

/** What becomes of a reading: it is the first of its period, corrects another, takes it back, or says the same. */
export type Judgement =
  { state: 'recorded' | 'corrected' | 'withdrawn'; reading: NewReading } | { state: 'unchanged'; id: string };

type ReadSeries = Pick<Series, 'frequency' | 'disaggregation' | 'source' | 'method' | 'unit'>;

/**
 * Decides what becomes of a reading. What stands already is never overwritten: a correction says why, and supersedes
 * it. @throws ruleBroken naming the field under `pointer`
 */
export function judgeReading(
  series: ReadSeries,
  input: ReadingInput,
  pointer: string,
  { today, currentOf }: { today: Day; currentOf: (key: string) => CurrentReading | undefined },
): Judgement {
  const period = periodOf(series, input.period, pointer);
  if (compareDays(period.to, today) >= 0) {
    const sentence = `${period.key} has not ended yet: it is read after ${period.to}.`;
    throw fieldError('ruleBroken', `${pointer}/period`, sentence);
  }
  const part = partOf(series, input, pointer);
  const value = input.value === null ? null : keptValue(input.value, `${pointer}/value`);
  const current = currentOf(readingKey(period.key, part));
  const note = input.note ?? '';
  if (current?.value === value && value !== null) return { state: 'unchanged', id: current.id };
  const source = input.source || series.source;
  if (source === '') throw fieldError('ruleBroken', `${pointer}/source`, 'Say where the reading comes from.');
  const reading: NewReading = {
    ...{ period, ...part, value, source, method: input.method || series.method, note },
    supersedesId: current?.id ?? null,
  };
  if (!current) {
    if (value !== null) return { state: 'recorded', reading };
    throw fieldError(
      'ruleBroken',
      `${pointer}/value`,
      `Nothing was read of ${period.key} that could be taken back.`,
    );
  }
  if (value === null && current.value === null) return { state: 'unchanged', id: current.id };
  if (note === '') {
    const stands = current.value === null ? 'taken back' : `read as ${current.value}`;
    const sentence = `${[period.key, part.category].filter(Boolean).join(', ')} was ${stands} already. Say why it is corrected.`;
    throw fieldError('ruleBroken', `${pointer}/note`, sentence);
  }
  return { state: value === null ? 'withdrawn' : 'corrected', reading };
}

/** What is unique to the current reading of a period and part. */
export const readingKey = (periodKey: string, { dimension, category }: Part): string =>
  JSON.stringify([periodKey, dimension, category]);

function periodOf({ frequency }: ReadSeries, text: string, pointer: string): CalendarPeriod {
  try {
    return parseTypedPeriod(text, frequency);
  } catch (error) {
    if (!(error instanceof MathsError)) throw error;
    throw fieldError('ruleBroken', `${pointer}/period`, error.detail);
  }
}

function partOf({ disaggregation }: ReadSeries, input: ReadingInput, pointer: string): Part {
  const { dimension, category } = input;
  if (!dimension && !category) return { dimension: '', category: '' };
  const fitting = disaggregation.filter(
    (one) => (!dimension || one.dimension === dimension) && one.categories.includes(category ?? ''),
  );
  if (fitting.length === 1) return { dimension: fitting[0]!.dimension, category: category! };
  const parts = disaggregation.map((one) => `${one.dimension}: ${one.categories.join(', ')}`).join('; ');
  const sentence = parts
    ? `Choose a part that is told apart here (${parts}).`
    : 'No parts are told apart here.';
  throw fieldError('ruleBroken', `${pointer}/category`, sentence);
}
