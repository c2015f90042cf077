import type { OpenAPIObject } from '@nestjs/swagger';

type Listed = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];
export type Schema = Exclude<Listed, { $ref: string }>;

/** What a calculator is for, what it takes and answers, and a case that was worked through. */
export interface Guide {
  summary: string;
  takes: Schema;
  answers: Schema;
  example: { input: object; output: object };
}

/** An object with these keys and no other. A key whose name ends in `?` may be left out. */
export function object(fields: Record<string, Schema>): Schema {
  const names = Object.keys(fields);
  return {
    type: 'object',
    additionalProperties: false,
    required: names.filter((name) => !name.endsWith('?')),
    properties: Object.fromEntries(
      Object.entries(fields).map(([name, schema]) => [name.replace('?', ''), schema]),
    ),
  };
}

export const list = (items: Schema, limits: { minItems?: number; maxItems?: number } = {}): Schema => ({
  type: 'array',
  maxItems: 5000,
  ...limits,
  items,
});

export const words = (...choices: readonly (string | boolean)[]): Schema => ({
  type: typeof choices[0],
  enum: [...choices],
});

export const whole = (minimum: number, maximum: number): Schema => ({ type: 'integer', minimum, maximum });

export const orNull = (schema: Schema): Schema => ({ ...schema, nullable: true });

export const text: Schema = { type: 'string', minLength: 1, maxLength: 200 };

export const amount: Schema = {
  type: 'string',
  pattern: String.raw`^-?\d+(\.\d+)?$`,
  description: 'Major units, with exactly the minor digits of the currency',
};

export const decimal: Schema = { type: 'string', pattern: String.raw`^-?\d+(\.\d+)?$` };

export const rate: Schema = { ...decimal, description: 'Of a year, such as 0.065' };

export const currency: Schema = { type: 'string', pattern: '^[A-Z]{3}$', description: 'ISO 4217' };

export const day: Schema = { type: 'string', format: 'date' };

/** How the answer was rounded, in sentences. */
export const notes: Schema = { type: 'array', items: { type: 'string' } };
