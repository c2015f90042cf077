import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyToInstalments, type OpenInstalment, settledByPledge } from './contribution.rules.js';

const instalment = (id: string, dueOn: string, open: bigint, pledgeId = 'p1'): OpenInstalment => ({
  id,
  pledgeId,
  dueOn,
  number: 1,
  open,
});

describe('a contribution', () => {
  it('settles the oldest instalment first, whatever the order they are given in', () => {
    const open = [instalment('b', '2027-01-01', 500_00n), instalment('a', '2026-01-01', 300_00n)];
    expect(applyToInstalments(400_00n, open)).toEqual([
      { instalmentId: 'a', pledgeId: 'p1', amount: 300_00n },
      { instalmentId: 'b', pledgeId: 'p1', amount: 100_00n },
    ]);
  });

  it('beyond what is open is an overpayment, and stays unapplied', () => {
    expect(applyToInstalments(301_00n, [instalment('a', '2026-01-01', 300_00n)])).toEqual([
      { instalmentId: 'a', pledgeId: 'p1', amount: 300_00n },
    ]);
    expect(applyToInstalments(301_00n, [])).toEqual([]);
  });

  it('may keep several pledges at once', () => {
    const applications = applyToInstalments(50_00n, [
      instalment('a', '2026-01-01', 20_00n, 'p2'),
      instalment('b', '2026-01-01', 20_00n, 'p1'),
      instalment('c', '2026-06-01', 20_00n, 'p2'),
    ]);
    expect(settledByPledge(applications)).toEqual([
      { pledgeId: 'p1', amount: 20_00n },
      { pledgeId: 'p2', amount: 30_00n },
    ]);
  });

  it('is never applied beyond itself, nor an instalment beyond what is open; and nothing is left while one is', () => {
    const anyOpen = fc.array(
      fc.record({
        id: fc.uuid(),
        pledgeId: fc.constantFrom('p1', 'p2', 'p3'),
        dueOn: fc.constantFrom('2026-01-31', '2026-02-28', '2027-01-31'),
        number: fc.integer({ min: 1, max: 20 }),
        open: fc.bigInt({ min: 1n, max: 10n ** 12n }),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 13n }), anyOpen, (amount, open) => {
        const applications = applyToInstalments(amount, open);
        const applied = applications.reduce((sum, part) => sum + part.amount, 0n);
        const wanted = open.reduce((sum, one) => sum + one.open, 0n);
        expect(applied).toBe(amount < wanted ? amount : wanted);
        for (const { instalmentId, amount: part } of applications) {
          expect(part > 0n && part <= open.find(({ id }) => id === instalmentId)!.open).toBe(true);
        }
      }),
    );
  });
});
