/** What is wrong with one place of a case. `pointer` is a JSON pointer (RFC 6901) into it. */
export interface CaseError {
  pointer: string;
  code: string;
  message: string;
}

/** A calculator refuses its case. `detail` is a whole sentence; `errors` name every place that must change. */
export class CalculatorProblem extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
    readonly errors: CaseError[],
  ) {
    super(detail);
    this.name = 'CalculatorProblem';
  }
}
