import { describe, expect, it } from '@jest/globals';
import { calculate, calculatorKinds } from '../../maths/calculators/calculate.js';
import { calculatorGuide } from './calculator-guide.js';

describe('what the API says of its calculators', () => {
  it.each(calculatorKinds)('the example of %s is what the maths answer', (kind) => {
    const { input, output } = calculatorGuide[kind].example;
    expect(calculate(kind, input)).toEqual(output);
  });
});
