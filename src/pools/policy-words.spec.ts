import { describe, expect, it } from '@jest/globals';
import { percentText } from './policy-words.js';

describe('basis points', () => {
  it.each([
    [0, '0 %'],
    [100, '1 %'],
    [125, '1.25 %'],
    [150, '1.5 %'],
    [5, '0.05 %'],
    [10_000, '100 %'],
  ])('%d read as %s', (points, text) => {
    expect(percentText(points)).toBe(text);
  });
});
