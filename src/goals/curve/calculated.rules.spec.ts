import { describe, expect, it } from '@jest/globals';
import { calculate, type InputValue } from './calculated.rules.js';

const input = (part: InputValue['part'], value: string | null, name = part): InputValue => ({
  name,
  part,
  value,
});

describe('calculate', () => {
  it('adds up exactly', () => {
    const inputs = [input('addend', '0.1'), input('addend', '0.2')];
    expect(calculate('sum', inputs)).toEqual({ value: '0.3', missing: [], problem: null });
  });

  it('divides what is added up, to six places', () => {
    const inputs = [input('numerator', '1'), input('numerator', '1'), input('denominator', '3')];
    expect(calculate('ratio', inputs)?.value).toBe('0.666667');
    expect(calculate('percentage', inputs)?.value).toBe('66.666667');
  });

  it('never guesses what is missing, and names it', () => {
    const inputs = [input('numerator', '1'), input('denominator', null, 'denominator')];
    expect(calculate('ratio', inputs)).toEqual({ value: null, missing: ['denominator'], problem: null });
    expect(calculate('ratio', [input('numerator', null), input('denominator', null)])).toBeNull();
  });

  it('does not divide by nothing', () => {
    const inputs = [input('numerator', '1'), input('denominator', '0.0')];
    expect(calculate('ratio', inputs)).toEqual({
      ...{ value: null, missing: [] },
      problem: 'What it is divided by is nothing.',
    });
  });
});
