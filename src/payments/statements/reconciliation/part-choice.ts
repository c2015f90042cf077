import { Amount, Nested, Text } from '../../../platform/http/fields.js';
import type { SplitPart } from '../matching/bank-line.dto.js';

/** A form’s choice of a document that exists: "contribution is 0197…". */
export const existing = (kind: string, id: string): string => `${kind} is ${id}`;

/** A form’s choice of a new document: "contribution new 0197…", what it is for at the end. */
export const fresh = (kind: string, newFor: string): string => `${kind} new ${newFor}`.trim();

export class ChosenPart {
  @Text({ max: 100 }) is!: string;
  @Amount() amount!: string;
}

/** What the page sends: what each part is, in one choice. */
export class ChosenParts {
  @Nested(() => ChosenPart, { many: true, least: 1, most: 50 }) parts!: ChosenPart[];
}

/** The same as the API takes it. */
export function toSplitPart({ is, amount }: ChosenPart): SplitPart {
  const [kind = '', how, id] = is.split(' ');
  return { kind, amount, ...(how === 'is' ? { id } : { newFor: id }) };
}

/** Where the form shows what the API says of a part: beside the one choice. */
export const pointerOfForm = (pointer: string): string =>
  pointer.replace(/^(\/parts\/\d+)\/(kind|id|newFor|note)$/, '$1/is');
