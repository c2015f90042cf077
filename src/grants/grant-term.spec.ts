import { describe, expect, it } from '@jest/globals';
import { foldTerm } from './grant-term.js';
import { asLine, type ScheduleLine } from './grant-view.js';

const line = (index: number, state: ScheduleLine['state']): ScheduleLine => ({
  ...asLine({ nominalOn: '2027-01-01', dueOn: '2027-01-01', amount: 1n, uplift: 0n, after: null }, index),
  state,
});

const lines = (...states: ScheduleLine['state'][]) => states.map((state, index) => line(index, state));

const numbers = (marks: ReturnType<typeof foldTerm>) => marks.map((mark) => mark.map(({ number }) => number));

describe('the term of a grant', () => {
  it('shows a short one line by line', () => {
    expect(numbers(foldTerm(lines('paid', 'due', 'planned', 'planned')))).toEqual([[1], [2], [3], [4]]);
  });

  it('folds what is long paid and what is far ahead', () => {
    const long = lines('paid', 'paid', 'paid', 'paid', 'held', 'planned', 'planned', 'planned', 'planned');
    expect(numbers(foldTerm(long, 1))).toEqual([[1, 2, 3], [4], [5], [6], [7, 8, 9]]);
  });

  it('never folds what needs somebody, however many there are', () => {
    const due = lines('due', 'due', 'due', 'due', 'due', 'due');
    expect(numbers(foldTerm(due, 1))).toEqual([[1], [2], [3], [4], [5], [6]]);
  });

  it('folds three at least: fewer would save nothing', () => {
    expect(numbers(foldTerm(lines('planned', 'planned', 'planned'), 1))).toEqual([[1], [2], [3]]);
  });
});
