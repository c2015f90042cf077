import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { calculate, calculatorKinds, CalculatorProblem } from './calculate.js';

interface Case {
  name: string;
  input: unknown;
  output?: object;
  error?: boolean;
}

// Worked cases that live beside the project, where they are at hand.
const casesFolder = new URL('../../../../shared/cases/', import.meta.url);
const kindsWithCases = calculatorKinds.filter((kind) => existsSync(new URL(`${kind}.json`, casesFolder)));

const checkCases = (kind: string): void => {
  const cases = JSON.parse(readFileSync(new URL(`${kind}.json`, casesFolder), 'utf8')) as Case[];

  it.each(cases)('$name', ({ input, output, error }) => {
    if (error) {
      expect(() => calculate(kind, input)).toThrow(CalculatorProblem);
      return;
    }
    const { notes, ...answer } = calculate(kind, input) as { notes?: string[] };
    expect(answer).toEqual(output);
    expect(notes ?? []).toEqual(expect.any(Array));
  });
};

describe('the worked cases', () => {
  if (kindsWithCases.length > 0) {
    describe.each(kindsWithCases)('%s', checkCases);
  } else {
    it('are not beside the project (../shared/cases): nothing to compare with', () => {
      expect(existsSync(casesFolder)).toBe(false);
    });
  }
});
