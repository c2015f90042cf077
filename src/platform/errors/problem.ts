import { HttpException } from '@nestjs/common';
import { CalculatorProblem } from '../../maths/calculators/calculate.js';
import { MathsError } from '../../maths/maths-error.js';
import { DomainError, type FieldError } from './domain-error.js';
import { type ErrorCode, errorTable } from './error-table.js';

/** An error as RFC 9457 says it. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors: FieldError[];
  requestId: string;
}

/** Turns any error into a problem. What nobody foresaw says nothing but the request's id. */
export function toProblem(error: unknown, requestId: string): Problem {
  const known = asDomainError(error);
  const { status, title } = errorTable[known.code];
  return {
    type: `about:blank#${known.code}`,
    title,
    status,
    code: known.code,
    detail: known.detail,
    errors: known.fields,
    requestId,
  };
}

/** Any error as the domain says it; what nobody foresaw has the code `unexpected`. */
export function asDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (error instanceof CalculatorProblem) return new DomainError('ruleBroken', error.detail, error.errors);
  if (error instanceof MathsError) {
    const fields = error.pointer ? [{ pointer: error.pointer, code: error.code, message: error.detail }] : [];
    return new DomainError('ruleBroken', error.detail, fields);
  }
  const status = statusOf(error);
  if (status === 404) return new DomainError('notFound', 'There is nothing here.');
  if (status === 413) return new DomainError('tooLarge', 'What was sent is too large.');
  if (status === 429)
    return new DomainError('tooManyRequests', 'Too many requests. Wait a moment and try again.');
  if (status !== undefined && status >= 400 && status < 500) {
    return new DomainError(
      'invalidInput',
      'The request could not be read. Check that it is valid JSON, sent as application/json.',
    );
  }
  return new DomainError(
    'unexpected' satisfies ErrorCode,
    'Nothing was changed. If it happens again, tell us the request id.',
  );
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  return (error as { statusCode?: number } | null)?.statusCode;
}
