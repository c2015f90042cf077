import { describe, expect, it } from '@jest/globals';
import { compareFund, type StandingFund, type StandingPledge } from './fund-comparison.js';
import type { FundPlan, PlannedPledge } from './fund-plan.js';

const planned = (more: Partial<PlannedPledge> = {}): PlannedPledge => ({
  ...{ line: 2, reference: 'CBPF-2025-12', funder: 'Norway', year: 2025, amount: 1_000_00n },
  ...{ signedOn: '2025-01-01', dueOn: '2025-12-31', receivedOn: '2025-12-31' },
  ...more,
});
const standing = (more: Partial<StandingPledge> = {}): StandingPledge => ({
  ...{ id: 'p', instalmentId: 'i', reference: 'CBPF-2025-12', funderId: 'o', funder: 'Norway' },
  ...{ amount: 1_000_00n, dueOn: '2025-12-31', state: 'fulfilled', received: 1_000_00n },
  ...more,
});
const grant = {
  ...{ reference: 'P-1', title: 'Water', partner: 'Wells', amount: 500_00n },
  ...{ startOn: '2025-02-01', endOn: '2025-11-30', awardedOn: '2025-01-15' },
};
const plan = (more: Partial<FundPlan> = {}): FundPlan => ({
  ...{ sourceKey: 'cbpf:15', name: 'Sudan', pledges: [planned()], grants: [] },
  ...more,
});
const here = (more: Partial<StandingFund> = {}): StandingFund => ({
  ...{ name: 'Sudan', pledges: [standing()], grants: [] },
  ...more,
});

describe('a second run', () => {
  it('takes everything of a fund that is not here', () => {
    expect(compareFund(plan(), null)).toMatchObject({
      newPledges: [planned()],
      nowReceived: [],
      differences: [],
    });
  });

  it('changes nothing where the files say the same', () => {
    expect(compareFund(plan(), here())).toEqual({
      newPledges: [],
      nowReceived: [],
      newGrants: [],
      differences: [],
    });
  });

  it('receives a pledge whose year has begun since', () => {
    const open = standing({ state: 'signed', received: 0n });
    expect(compareFund(plan(), here({ pledges: [open] })).nowReceived).toEqual([
      { standing: open, planned: planned() },
    ]);
  });

  it('shows what the files say otherwise, and takes none of it', () => {
    const otherwise = plan({
      name: 'Sudan (SHF)',
      pledges: [planned({ amount: 900_00n, funder: 'Norad' })],
      grants: [
        {
          ...grant,
          title: 'Clean water',
          line: 3,
          decision: 'Round 1',
          equalInstalments: 4,
          endOn: '2025-12-31',
        },
      ],
    });
    const { differences, ...rest } = compareFund(otherwise, here({ grants: [grant] }));
    expect(rest).toEqual({ newPledges: [], nowReceived: [], newGrants: [] });
    expect(differences).toEqual([
      { what: 'fund', field: 'name', here: 'Sudan', file: 'Sudan (SHF)' },
      { what: 'pledge CBPF-2025-12 (line 2)', field: 'funder', here: 'Norway', file: 'Norad' },
      { what: 'pledge CBPF-2025-12 (line 2)', field: 'amount', here: '1000.00', file: '900.00' },
      { what: 'grant P-1 (line 3)', field: 'title', here: 'Water', file: 'Clean water' },
      { what: 'grant P-1 (line 3)', field: 'end', here: '2025-11-30', file: '2025-12-31' },
    ]);
  });

  it('shows a row that is gone from the contributions; the projects of other years come in other files', () => {
    const { differences } = compareFund(plan({ pledges: [] }), here({ grants: [grant] }));
    expect(differences).toEqual([
      { what: 'pledge CBPF-2025-12', field: 'amount', here: '1000.00', file: 'no such row' },
    ]);
  });

  it('leaves alone what people did with a pledge since, and shows it', () => {
    const partly = standing({ state: 'signed', received: 400_00n });
    expect(compareFund(plan(), here({ pledges: [partly] }))).toMatchObject({
      nowReceived: [],
      differences: [{ field: 'received', here: '400.00', file: '1000.00' }],
    });
    const cancelled = standing({ state: 'cancelled', received: 0n });
    expect(compareFund(plan(), here({ pledges: [cancelled] }))).toMatchObject({
      nowReceived: [],
      differences: [{ field: 'state', here: 'cancelled', file: 'signed' }],
    });
  });
});
