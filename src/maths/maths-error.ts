/**
 * The maths cannot answer. `detail` is a whole sentence that says what to do about it; `pointer` is a JSON
 * pointer (RFC 6901) into what was asked, where one part of it is to blame.
 */
export class MathsError extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
    readonly pointer?: string,
  ) {
    super(detail);
    this.name = 'MathsError';
  }
}
