import { type Flow, mostRates, xirr } from '../xirr.js';
import { currencyCode, day, inCurrency, list, readCase, record } from './case-reader.js';

const shape = inCurrency((amount) =>
  record({
    flows: list(record({ on: day, amount: amount({ negative: true }) })),
    currency: currencyCode,
  }),
);

/** The internal rate of return of dated flows, or why there is not one. */
export function calculateXirr(input: unknown) {
  const { flows } = readCase(shape, input);
  return {
    ...xirr(flows),
    notes: [
      'The rate is rounded half-even to 10 places; a year has 365 days. Flows of one day count as one.',
    ],
  };
}

/** How long a case takes, in flows × the rates that there can be at most. */
export function xirrWork(input: unknown): number {
  const { flows }: { flows: Flow[] } = readCase(shape, input);
  return flows.length * mostRates(flows);
}
