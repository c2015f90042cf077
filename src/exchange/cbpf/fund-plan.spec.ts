import { describe, expect, it } from '@jest/globals';
import { planFund, quartersBegun, templateOf } from './fund-plan.js';

const donor = { line: 2, donor: 'Norway', donorCode: '12', amount: 1_000_00n };

describe('what a row of the contributions becomes', () => {
  const planned = (year: number, today: string) => {
    const fund = { id: '15', name: 'Sudan', contributions: [{ ...donor, year }], projects: [] };
    return planFund(fund, today).pledges[0]!;
  };

  it('a past year is received in full on its last day', () => {
    expect(planned(2024, '2026-11-24')).toEqual({
      line: 2,
      reference: 'CBPF-2024-12',
      funder: 'Norway',
      year: 2024,
      amount: 1_000_00n,
      signedOn: '2024-01-01',
      dueOn: '2024-12-31',
      receivedOn: '2024-12-31',
    });
  });

  it('the current year is received on the day of the import, and never after its end', () => {
    expect(planned(2026, '2026-11-24')).toMatchObject({ dueOn: '2026-12-31', receivedOn: '2026-11-24' });
    expect(planned(2026, '2026-01-01')).toMatchObject({ signedOn: '2026-01-01', receivedOn: '2026-01-01' });
    expect(planned(2026, '2026-12-31')).toMatchObject({ receivedOn: '2026-12-31' });
  });

  it('a year to come stays pledged, signed by today', () => {
    expect(planned(2028, '2026-11-24')).toMatchObject({
      signedOn: '2026-11-24',
      dueOn: '2028-12-31',
      receivedOn: null,
    });
  });
});

describe('the quarters of a term', () => {
  it.each([
    ['2025-02-01', '2025-04-30', 1],
    ['2025-02-01', '2025-05-01', 2],
    ['2025-02-01', '2026-01-31', 4],
    ['2025-02-01', '2026-02-01', 5],
    ['2024-11-30', '2025-02-27', 1],
    ['2024-11-30', '2025-02-28', 2],
    ['2025-02-01', '2025-02-01', 1],
  ])('%s to %s begins %3$i of them', (startOn, endOn, quarters) => {
    expect(quartersBegun(startOn, endOn)).toBe(quarters);
  });
});

it('a project is paid in equal quarterly instalments of its budget', () => {
  const project = {
    ...{ line: 3, code: 'P-1', title: 'Water', partner: 'Wells', allocation: 'Round 1' },
    ...{ startOn: '2025-02-01', endOn: '2025-11-30', approvedOn: '2025-01-15', budget: 532_710_00n },
  };
  const [grant] = planFund(
    { id: '15', name: 'Sudan', contributions: [], projects: [project] },
    '2026-11-24',
  ).grants;
  expect(grant).toMatchObject({ reference: 'P-1', decision: 'Round 1', awardedOn: '2025-01-15' });
  expect(templateOf(grant!)).toEqual({
    baseAmount: '532710.00',
    firstOn: '2025-02-01',
    everyMonths: 3,
    equalInstalments: 4,
  });
});
