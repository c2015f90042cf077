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

  it('tells nothing of what began', () => {
    expect(changes({ before: null, after: { name: 'Ready' } }, fields)).toEqual([]);
  });
});
