import { describe, expect, it } from '@jest/globals';
import { monthsBetween, noticeDue } from './cliff-notice.rules.js';

describe('months between two months', () => {
  it.each([
    ['2026-11', '2026-11', 0],
    ['2026-11', '2027-04', 5],
    ['2026-12', '2027-01', 1],
    ['2026-11', '2029-10', 35],
    ['2027-01', '2026-12', -1],
  ])('%s to %s: %i', (from, to, months) => {
    expect(monthsBetween(from, to)).toBe(months);
  });
});

describe('a notice of the funding cliff', () => {
  it.each([
    ['2027-06', null],
    ['2027-05', 6],
    ['2027-04', 6],
    ['2027-03', 6],
    ['2027-02', 3],
    ['2026-12', 3],
    ['2026-11', 3],
  ])('in November 2026 of a cliff in %s is the one of %s months', (cliff, ahead) => {
    expect(noticeDue('2026-11', cliff)).toBe(ahead);
  });
});
