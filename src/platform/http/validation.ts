import { ValidationPipe } from '@nestjs/common';
import { validate, type ValidationError, type ValidatorOptions } from 'class-validator';
import { DomainError, type FieldError } from '../errors/domain-error.js';

const strict: ValidatorOptions = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  stopAtFirstError: true,
};

/** What is wrong with an input, field by field; nothing if it may pass. */
export async function refusals(input: object): Promise<FieldError[]> {
  return (await validate(input, strict)).flatMap((error) => fieldErrors(error));
}

/** Refuses what a route does not ask for, and names every wrong field by its JSON pointer. */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    ...strict,
    transform: true,
    exceptionFactory: (errors) => invalidInput(errors.flatMap((error) => fieldErrors(error))),
  });
}

/** One sentence that counts what is wrong, and each wrong field. */
export function invalidInput(fields: FieldError[]): DomainError {
  const sentence =
    fields.length === 1
      ? fields[0]!.message
      : `${fields.length} fields are wrong. Mend them and send it again.`;
  return new DomainError('invalidInput', sentence, fields);
}

function fieldErrors(error: ValidationError, parent = ''): FieldError[] {
  const pointer = `${parent}/${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([code, message]) => ({
    pointer,
    code,
    message:
      code === 'whitelistValidation'
        ? `${error.property} is not a field here.`
        : sentence(message.replace(error.property, wordsOf(error.property))),
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, pointer))];
}

/** A field as people read it: “startOn” is “start on”, “funderId” is “funder”, “occurredOn.gte” is “occurred on”. */
export const wordsOf = (property: string): string =>
  property
    .replace(/\.[gl]te$/, '')
    .replace(/(?<=[a-z])Ids?$/, '')
    .replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);

function sentence(message: string): string {
  const words = message.charAt(0).toUpperCase() + message.slice(1);
  return words.endsWith('.') ? words : `${words}.`;
}
