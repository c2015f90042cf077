import type { ErrorCode } from './error-table.js';

/** What is wrong with one field of the input. `pointer` is a JSON pointer (RFC 6901) into it. */
export interface FieldError {
  pointer: string;
  code: string;
  message: string;
}

/** A rule of the domain said no. `detail` is a whole sentence that says what to do about it. */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly detail: string,
    readonly fields: FieldError[] = [],
  ) {
    super(detail);
    this.name = 'DomainError';
  }
}

/** One wrong field, named by its pointer. */
export function fieldError(code: ErrorCode, pointer: string, message: string): DomainError {
  return new DomainError(code, message, [{ pointer, code, message }]);
}

/** Not there, or not yours: nobody can tell which. */
export function notFound(what: string): DomainError {
  return new DomainError('notFound', `There is no such ${what}.`);
}
