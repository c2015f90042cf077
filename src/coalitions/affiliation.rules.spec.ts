import { describe, expect, it } from '@jest/globals';
import { changeOfEmployer, type Employment } from './affiliation.rules.js';

const at = (organisationId: string, sinceOn: string, untilOn: string | null = null): Employment => ({
  id: `${organisationId} ${sinceOn}`,
  organisationId,
  sinceOn,
  untilOn,
});
const refusal = (pointer: string, message: string) =>
  expect.objectContaining({ fields: [expect.objectContaining({ pointer, message })] });

describe('a change of employer', () => {
  it('ends the one before on the day before', () => {
    const north = at('north', '2024-01-01');
    expect(changeOfEmployer([north], { organisationId: 'south', sinceOn: '2026-12-01' })).toEqual({
      ended: north,
      lastDay: '2026-11-30',
    });
  });

  it('ends it too where there is no new one', () => {
    const north = at('north', '2024-01-01');
    expect(changeOfEmployer([north], { organisationId: null, sinceOn: '2026-12-01' })?.ended).toBe(north);
  });

  it('ends nothing for a first employer, or after a break', () => {
    expect(changeOfEmployer([], { organisationId: 'south', sinceOn: '2026-12-01' })).toBeNull();
    const past = at('north', '2020-01-01', '2024-12-31');
    expect(changeOfEmployer([past], { organisationId: 'south', sinceOn: '2026-12-01' })).toBeNull();
  });

  it('is refused to where they work already, and before the last one began or ended', () => {
    const north = at('north', '2024-01-01');
    const change =
      (organisationId: string, sinceOn: string, ...employments: Employment[]) =>
      () =>
        changeOfEmployer(employments, { organisationId, sinceOn });
    expect(change('north', '2026-12-01', north)).toThrow(
      refusal('/organisationId', 'They work there already.'),
    );
    expect(change('south', '2024-01-01', north)).toThrow(
      refusal('/sinceOn', 'They began to work where they are on 2024-01-01. Choose a later day.'),
    );
    expect(change('south', '2024-06-30', at('north', '2020-01-01', '2024-06-30'))).toThrow(
      refusal('/sinceOn', 'They worked elsewhere until 2024-06-30. Choose a later day.'),
    );
  });

  it('from none to none is refused', () => {
    expect(() => changeOfEmployer([], { organisationId: null, sinceOn: '2026-12-01' })).toThrow(
      'No employer is recorded, so none can end.',
    );
  });
});
