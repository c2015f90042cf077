import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { Decimal, Integer, Nested, Text } from '../../platform/http/fields.js';
import type { MakeClaim } from './claim.dto.js';
import type { ClaimLine } from './claims.read.js';

const mostPeople = 10_000;
const longestIdentifier = 120;

/** One metric of the form. What is left empty is not claimed. */
export class ClaimedMetric {
  @Text({ max: 60 }) metric!: string;
  @Decimal({ optional: true }) quantity?: string;
  @Decimal({ optional: true }) value?: string;
  @Text({ optional: true, max: mostPeople * longestIdentifier }) people?: string;
}

/** What the page sends: a row for each metric of the rate card, people one a line. */
export class ClaimForm {
  @Integer(1, 1200) period!: number;
  @Text({ max: 2000, optional: true }) note?: string;
  @Nested(() => ClaimedMetric, { many: true, most: 400 }) lines!: ClaimedMetric[];
}

/** Of a draft that exists, also which version of it was seen. */
export class ChangeClaimForm extends ClaimForm {
  @Integer(1, 1_000_000) version!: number;
}

/** The same as the API takes it, and where each of its lines stands in the form. */
export interface ReadForm {
  command: MakeClaim;
  places: number[];
}

/** @throws ruleBroken naming `/lines` where nothing is filled in, or the people of a line that are too many or too long */
export function readClaimForm({ period, note, lines }: ClaimForm): ReadForm {
  const filled = lines.flatMap(({ metric, quantity, value, people }, place) => {
    const named = peopleOf(people ?? '', place);
    if (quantity === undefined && value === undefined && named.length === 0) return [];
    return [{ place, line: { metric, quantity, value, people: named.length > 0 ? named : undefined } }];
  });
  if (filled.length === 0)
    throw fieldError('ruleBroken', '/lines', 'Fill in what was reached of one metric at least.');
  return {
    command: { period, note, lines: filled.map(({ line }) => line) },
    places: filled.map(({ place }) => place),
  };
}

function peopleOf(pasted: string, place: number): string[] {
  const people = pasted
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const wrong = (sentence: string) => fieldError('ruleBroken', `/lines/${place}/people`, sentence);
  if (people.length > mostPeople) throw wrong('A line names 10,000 people at most.');
  const long = people.findIndex((person) => person.length > longestIdentifier);
  if (long >= 0) throw wrong(`Line ${long + 1} is longer than ${longestIdentifier} characters.`);
  return people;
}

/** Has what was refused named where it stands in the form. */
export async function atItsPlace<T>(places: readonly number[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const fields = error.fields.map((field) => ({
      ...field,
      pointer: field.pointer.replace(/^\/lines\/(\d+)/, (_, at: string) => `/lines/${places[Number(at)]}`),
    }));
    throw new DomainError(error.code, error.detail, fields);
  }
}

/** The rows of the form for lines that exist; people stand there by their keys, which stay the same ones. */
export const rowsOfLines = (lines: readonly ClaimLine[]): ClaimedMetric[] =>
  lines.map(({ metric, quantity, value, people }) => ({
    metric,
    quantity: quantity ?? undefined,
    value: value ?? undefined,
    people: people.length === 0 ? undefined : people.map(({ key }) => key).join('\n'),
  }));
