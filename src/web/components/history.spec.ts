import { describe, expect, it } from '@jest/globals';
import { changes } from './history.js';

const fields = { name: 'name', horizonOn: 'horizon', email: 'e-mail' };

describe('changes', () => {
  it('tells each named field that is not what it was', () => {
    const before = { name: 'Ready', horizonOn: '2031-08-31', email: 'a@example.org', version: 1 };
    const after = { name: 'Ready', horizonOn: '2032-08-31', email: null, version: 2 };
    expect(changes({ before, after }, fields)).toEqual([
      'horizon: 2031-08-31 → 2032-08-31',
      'e-mail: a@example.org → nothing',
    ]);
  });

  it('tells a value as its field reads, and nothing where there is none', () => {
    const words = { reserve: ['reserve', (value: unknown) => `£${Number(value) / 100}`] as const };
    expect(changes({ before: { reserve: null }, after: { reserve: 12500 } }, words)).toEqual([
      'reserve: nothing → £125',
    ]);
    expect(changes({ before: { reserve: 1 }, after: { reserve: 1 } }, words)).toEqual([]);
  });

  it('tells nothing of what began', () => {
    expect(changes({ before: null, after: { name: 'Ready' } }, fields)).toEqual([]);
  });
});
