import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  applyAsChosen,
  applyToInstalments,
  meantInstalments,
  type OpenInstalment,
  settledByPledge,
} from './contribution.rules.js';

const instalment = (
  id: string,
  dueOn: string,
  open: bigint,
  pledgeId = 'p1',
  more: Partial<OpenInstalment> = {},
): OpenInstalment => ({
  id,
  pledgeId,
  currency: 'GBP',
  dueOn,
  number: 1,
  open,
  ...more,
});

describe('a contribution', () => {
  it('settles the oldest instalment first, whatever the order they are given in', () => {
    const open = [instalment('b', '2027-01-01', 500_00n), instalment('a', '2026-01-01', 300_00n)];
    expect(applyToInstalments(400_00n, open)).toEqual([
      { instalmentId: 'a', pledgeId: 'p1', currency: 'GBP', amount: 300_00n },
      { instalmentId: 'b', pledgeId: 'p1', currency: 'GBP', amount: 100_00n },
    ]);
  });

  it('beyond what is open is an overpayment, and stays unapplied', () => {
    expect(applyToInstalments(301_00n, [instalment('a', '2026-01-01', 300_00n)])).toEqual([
      { instalmentId: 'a', pledgeId: 'p1', currency: 'GBP', amount: 300_00n },
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
      { pledgeId: 'p1', currency: 'GBP', amount: 20_00n },
      { pledgeId: 'p2', currency: 'GBP', amount: 30_00n },
    ]);
  });

  it('is never applied beyond itself, nor an instalment beyond what is open; and nothing is left while one is', () => {
    const anyOpen = fc.array(
      fc.record({
        id: fc.uuid(),
        pledgeId: fc.constantFrom('p1', 'p2', 'p3'),
        currency: fc.constant('GBP'),
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

describe('what a contribution is for', () => {
  const gbp = { currency: 'GBP', amount: 870_00n };
  const eur = { currency: 'EUR', amount: 1_000_00n };
  const inEuro = instalment('e', '2027-01-01', 1_000_00n, 'p2', { currency: 'EUR' });
  const inPounds = instalment('g', '2026-01-01', 900_00n);

  it('is what the funder owes in the currency that it paid in', () => {
    const { tender, open } = meantInstalments([eur, gbp], [inPounds, inEuro], undefined);
    expect([tender, open.map(({ id }) => id)]).toEqual([eur, ['e']]);
  });

  it('is what it owes in the pool’s currency, where it owes nothing in its own', () => {
    const { tender, open } = meantInstalments([eur, gbp], [inPounds], undefined);
    expect([tender, open.map(({ id }) => id)]).toEqual([gbp, ['g']]);
  });

  it('takes the restriction of the oldest promise, and keeps promises of that restriction alone', () => {
    const school = instalment('s', '2025-01-01', 10n, 'p3', { earmarkGoalId: 'school' });
    const { open, earmark } = meantInstalments([gbp], [inPounds, school], undefined);
    expect(open.map(({ id }) => id)).toEqual(['s']);
    expect(earmark).toEqual({ earmarkGoalId: 'school', earmarkGrantId: null });
  });

  it('that is said to be restricted keeps promises of that restriction or of none', () => {
    const school = instalment('s', '2025-01-01', 10n, 'p3', { earmarkGoalId: 'school' });
    const bridge = instalment('b', '2025-01-01', 10n, 'p4', { earmarkGrantId: 'bridge' });
    const { open } = meantInstalments([gbp], [inPounds, school, bridge], { earmarkGoalId: 'school' });
    expect(open.map(({ id }) => id)).toEqual(['s', 'g']);
  });
});

describe('a contribution applied as chosen', () => {
  const open = [instalment('a', '2026-01-01', 300_00n), instalment('b', '2027-01-01', 500_00n)];
  const apply = (parts: [string, bigint][]) =>
    applyAsChosen(
      600_00n,
      open,
      parts.map(([instalmentId, amount]) => ({ instalmentId, amount })),
      String,
    );

  it('settles what was chosen, whatever is older', () => {
    expect(apply([['b', 500_00n]])).toEqual([
      { instalmentId: 'b', pledgeId: 'p1', currency: 'GBP', amount: 500_00n },
    ]);
    expect(apply([['a', 0n]])).toEqual([]);
  });

  it.each<[string, [string, bigint][]]>([
    ['/settles/0/instalmentId', [['c', 1n]]],
    [
      '/settles/1/instalmentId',
      [
        ['a', 1n],
        ['a', 1n],
      ],
    ],
    ['/settles/0/amount', [['a', 300_01n]]],
    [
      '/settles',
      [
        ['a', 300_00n],
        ['b', 300_01n],
      ],
    ],
  ])('is refused at %s', (pointer, parts) => {
    expect(() => apply(parts)).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ pointer })] }),
    );
  });

  it('changes only the pledges of which it settles more or less than before', () => {
    const part = (pledgeId: string, amount: bigint) => ({ pledgeId, currency: 'GBP', amount });
    expect(
      settledByPledge([part('p1', 10n), part('p2', 5n)], [part('p1', 4n), part('p1', 6n), part('p3', 2n)]),
    ).toEqual([part('p2', 5n), part('p3', -2n)]);
  });
});
