import { describe, expect, it } from '@jest/globals';
import { statementName } from './preparing-client.js';

describe('the name of a statement', () => {
  it('is the same for the same text, and another for another', () => {
    const name = statementName('SELECT $1::int AS first');
    expect(name).toMatch(/^s\d+$/);
    expect(statementName('SELECT $1::int AS first')).toBe(name);
    expect(statementName('SELECT $1::int AS second')).not.toBe(name);
  });

  it('is given to so many only, so that no connection fills up with statements', () => {
    for (let number = 0; number < 700; number += 1) statementName(`SELECT $1::int AS n${number}`);
    expect(statementName('SELECT $1::int AS beyond')).toBeUndefined();
    expect(statementName('SELECT $1::int AS n0')).toBeDefined();
  });
});
