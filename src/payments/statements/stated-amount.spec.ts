import { describe, expect, it } from '@jest/globals';
import { statedAmount } from './stated-amount.js';

describe('an amount as banks state it', () => {
  it.each([
    ['8.85', 'EUR', 8_85n],
    ['8.850', 'EUR', 8_85n],
    ['18.15000', 'EUR', 18_15n],
    ['27', 'EUR', 27_00n],
    ['27.5', 'EUR', 27_50n],
    ['-27.50', 'EUR', -27_50n],
    ['2700', 'JPY', 2700n],
    ['2700.00', 'JPY', 2700n],
    ['1.2345', 'KWD', null],
    ['8.855', 'EUR', null],
    ['1e5', 'EUR', null],
    ['1,250.00', 'EUR', null],
    ['', 'EUR', null],
  ])('%s %s is %s minor units', (text, currency, minor) => {
    if (minor === null) expect(() => statedAmount(text, currency)).toThrow();
    else expect(statedAmount(text, currency)).toBe(minor);
  });
});
