import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  Validate,
  ValidateNested,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';

/**
 * The fields of a request: each decorator validates and documents in one word, so that what OpenAPI says and
 * what is accepted cannot differ.
 */
interface Options {
  description?: string;
  example?: unknown;
  optional?: boolean;
}

const present = ({ optional }: Options) => (optional ? [IsOptional()] : []);
const documented = ({ description, example, optional }: Options, schema: object = {}) =>
  ApiProperty({
    description,
    example,
    required: !optional,
    nullable: optional ? true : undefined,
    ...schema,
  });

/** Free text, trimmed, `max` characters at most; not empty unless optional. */
export function Text(options: Options & { max?: number } = {}): PropertyDecorator {
  const max = options.max ?? 200;
  return applyDecorators(
    ...present(options),
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value)),
    options.optional ? MaxLength(max) : Length(1, max, { message: `$property needs 1 to ${max} characters` }),
    documented(options, { type: String, maxLength: max }),
  );
}

/** A list of texts, each trimmed, not empty, and `max` characters at most. */
export function Texts(
  options: Options & { least?: number; most?: number; max?: number } = {},
): PropertyDecorator {
  const max = options.max ?? 200;
  return applyDecorators(
    ...present(options),
    Transform(({ value }: { value: unknown }) =>
      Array.isArray(value)
        ? value.map((one: unknown) => (typeof one === 'string' ? one.trim() : one))
        : value,
    ),
    IsArray(),
    ArrayMinSize(options.least ?? 0),
    ArrayMaxSize(options.most ?? 200),
    Length(1, max, { each: true, message: `$property holds something that is not 1 to ${max} characters` }),
    documented(options, { type: [String] }),
  );
}

export function Email(options: Options = {}): PropertyDecorator {
  return applyDecorators(
    ...present(options),
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' ? value.trim().toLowerCase() : value,
    ),
    IsEmail({}, { message: '$property is not an e-mail address' }),
    documented(options, { type: String, format: 'email' }),
  );
}

export function Id(options: Options = {}): PropertyDecorator {
  return applyDecorators(
    ...present(options),
    IsUUID(undefined, { message: '$property is not an id' }),
    documented(options, { type: String, format: 'uuid' }),
  );
}

export function Ids(options: Options & { least?: number; most?: number } = {}): PropertyDecorator {
  return applyDecorators(
    ...present(options),
    IsArray(),
    ArrayMinSize(options.least ?? 0),
    ArrayMaxSize(options.most ?? 200),
    IsUUID(undefined, { each: true, message: '$property holds something that is not an id' }),
    documented(options, { type: [String], format: 'uuid' }),
  );
}

@ValidatorConstraint({ name: 'day' })
class IsDay implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
    const instant = new Date(`${value}T00:00:00Z`);
    return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(value);
  }

  defaultMessage(): string {
    return '$property is not a calendar date such as 2026-04-01';
  }
}

/** A calendar date, 'YYYY-MM-DD'. */
export function CalendarDay(options: Options = {}): PropertyDecorator {
  return applyDecorators(
    ...present(options),
    Validate(IsDay),
    documented(options, { type: String, format: 'date' }),
  );
}

const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

@ValidatorConstraint({ name: 'isInstant' })
class IsInstant implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return (
      typeof value === 'string' && instantPattern.test(value) && !Number.isNaN(new Date(value).getTime())
    );
  }

  defaultMessage(): string {
    return '$property is not an instant such as 2026-10-31T23:59:59Z';
  }
}

/** An instant with its offset from UTC, as text. */
export function Instant(options: Options = {}): PropertyDecorator {
  return applyDecorators(
    ...present(options),
    Validate(IsInstant),
    documented({ example: '2026-10-31T23:59:59Z', ...options }, { type: String, format: 'date-time' }),
  );
}

/** An amount in major units, a decimal string. Its digits are checked against the currency by the rules. */
export function Amount(options: Options = {}): PropertyDecorator {
  return applyDecorators(
    ...present(options),
    Matches(/^\d{1,15}(\.\d{1,4})?$/, { message: '$property is not an amount such as "1250.00"' }),
    documented({ example: '1250.00', ...options }, { type: String, pattern: '^\\d{1,15}(\\.\\d{1,4})?$' }),
  );
}

/** An ISO 4217 currency code. */
export function CurrencyCode(options: Options = {}): PropertyDecorator {
  return applyDecorators(
    ...present(options),
    Matches(/^[A-Z]{3}$/, { message: '$property is not a currency code such as GBP' }),
    documented({ example: 'GBP', ...options }, { type: String, pattern: '^[A-Z]{3}$' }),
  );
}

/** A decimal string, such as a rate or a percentage. */
export function Decimal(options: Options = {}): PropertyDecorator {
  return applyDecorators(
    ...present(options),
    Matches(/^-?\d{1,12}(\.\d{1,12})?$/, { message: '$property is not a decimal number such as "0.025"' }),
    documented({ example: '0.025', ...options }, { type: String }),
  );
}

/** A decimal string that is not negative. */
export function Rate(options: Options = {}): PropertyDecorator {
  return applyDecorators(
    ...present(options),
    Matches(/^\d{1,12}(\.\d{1,12})?$/, { message: '$property is not a number from 0 up, such as "0.07"' }),
    documented({ example: '0.07', ...options }, { type: String }),
  );
}

/** Percentages as people type a row of them: "2.5; 3; 2". */
export function Percents(options: Options = {}): PropertyDecorator {
  return applyDecorators(
    ...present(options),
    Matches(/^\s*-?\d{1,6}(\.\d{1,10})?\s*(;\s*-?\d{1,6}(\.\d{1,10})?\s*){0,99}$/, {
      message: '$property is not a row of percentages such as "2.5; 3; 2"',
    }),
    documented(options, { type: String }),
  );
}

const metricName = /^[A-Za-z][A-Za-z0-9_-]{0,59}$/;
const metricSchema = { type: 'string', pattern: metricName.source };

/** The name of a metric on a rate card, such as `signUp`. */
export function Metric(options: Options = {}): PropertyDecorator {
  return applyDecorators(
    ...present(options),
    Matches(metricName, { message: '$property is not a name such as "signUp": letters and digits only' }),
    documented({ example: 'signUp', ...options }, metricSchema),
  );
}

/** A list of metrics, one at least. */
export function Metrics(options: Options & { most?: number } = {}): PropertyDecorator {
  return applyDecorators(
    ...present(options),
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(options.most ?? 200),
    Matches(metricName, {
      each: true,
      message: '$property holds something that is not a name such as "signUp"',
    }),
    documented(options, { type: 'array', items: metricSchema }),
  );
}

/** A list of decimal strings. */
export function Decimals(options: Options & { most?: number } = {}): PropertyDecorator {
  return applyDecorators(
    ...present(options),
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(options.most ?? 200),
    Matches(/^-?\d{1,12}(\.\d{1,12})?$/, {
      each: true,
      message: '$property holds something that is not a decimal number such as "0.025"',
    }),
    documented(options, { type: [String], example: ['0.031', '0.02'] }),
  );
}

export function Choice(choices: readonly string[], options: Options = {}): PropertyDecorator {
  return applyDecorators(
    ...present(options),
    IsIn([...choices], { message: `$property must be one of ${choices.join(', ')}` }),
    documented(options, { type: String, enum: [...choices] }),
  );
}

export function Choices(choices: readonly string[], options: Options = {}): PropertyDecorator {
  return applyDecorators(
    ...present(options),
    IsArray(),
    ArrayMinSize(1),
    IsIn([...choices], { each: true, message: `$property may hold ${choices.join(', ')}` }),
    documented(options, { type: [String], enum: [...choices], isArray: true }),
  );
}

/** Any number of these, none too. */
export function OptionalChoices(choices: readonly string[], options: Options = {}): PropertyDecorator {
  return applyDecorators(
    IsOptional(),
    IsArray(),
    IsIn([...choices], { each: true, message: `$property may hold ${choices.join(', ')}` }),
    documented({ ...options, optional: true }, { type: [String], enum: [...choices], isArray: true }),
  );
}

export function Integer(min: number, max: number, options: Options = {}): PropertyDecorator {
  return applyDecorators(
    ...present(options),
    Type(() => Number),
    IsInt({ message: '$property is not a whole number' }),
    Min(min),
    Max(max),
    documented(options, { type: 'integer', minimum: min, maximum: max }),
  );
}

export function Flag(options: Options = {}): PropertyDecorator {
  return applyDecorators(...present(options), IsBoolean(), documented(options, { type: Boolean }));
}

/** One nested object, or a list of them. */
export function Nested(
  type: () => new () => object,
  options: Options & { many?: boolean; least?: number; most?: number } = {},
): PropertyDecorator {
  const list = options.many
    ? [IsArray(), ArrayMinSize(options.least ?? 1), ArrayMaxSize(options.most ?? 600)]
    : [];
  return applyDecorators(
    ...present(options),
    ...list,
    ValidateNested({ each: options.many ?? false }),
    Type(type),
    documented(options, { type: options.many ? [type()] : type() }),
  );
}
