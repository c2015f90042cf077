import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { DomainError, type FieldError } from '../errors/domain-error.js';

/** Refuses what a route does not ask for, and names every wrong field by its JSON pointer. */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) => invalidInput(errors.flatMap((error) => fieldErrors(error))),
  });
}

/** One sentence that counts what is wrong, and each wrong field. */
export function invalidInput(fields: FieldError[]): DomainError {
  const sentence = fields.length === 1 ? fields[0]!.message : `${fields.length} fields are wrong. Mend them and send it again.`;
  return new DomainError('invalidInput', sentence, fields);
}

function fieldErrors(error: ValidationError, parent = ''): FieldError[] {
  const pointer = `${parent}/${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([code, message]) => ({
    pointer,
    code,
    message: code === 'whitelistValidation' ? `${error.property} is not a field here.` : sentence(message),
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, pointer))];
}

function sentence(message: string): string {
  const words = message.charAt(0).toUpperCase() + message.slice(1);
  return words.endsWith('.') ? words : `${words}.`;
}
