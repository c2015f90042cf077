import { describe, expect, it } from '@jest/globals';
import { band, capital, preferred, residual, whole, said, tiers } from '../../../test/support/whole-terms.js';
import type { BondTerms } from './bond-terms.js';

describe('returns', () => {
  const rate = 'A rate is a share of one: write 6 per cent as 0.06.';

  it.each<[string, Partial<BondTerms>, string[]]>([
    [
      'no investor',
      { investors: [] },
      ['/terms/investors: Say who lends the capital: one investor at least.'],
    ],
    [
      'an investor twice',
      { investors: [...whole.investors, ...whole.investors] },
      ['/terms/investors/1/organisationId: This investor is named twice.'],
    ],
    [
      'a commitment of nothing',
      { investors: [{ organisationId: 'bank', commitment: '0.00' }] },
      ['/terms/investors/0/commitment: An investor commits more than nothing.'],
    ],
    ['no tier', tiers(), ['/terms/returns/tiers: Say in which order investors are paid: one tier at least.']],
    [
      'no return of capital',
      tiers(preferred),
      ['/terms/returns/tiers: No tier returns the capital: add one.'],
    ],
    [
      'capital twice',
      tiers(capital, capital),
      ['/terms/returns/tiers/1/kind: Capital is returned once only.'],
    ],
    [
      'two preferred returns',
      tiers(capital, preferred, preferred),
      ['/terms/returns/tiers/2/kind: There is one preferred return at most.'],
    ],
    [
      'a residual that is not last',
      tiers(residual, capital),
      ['/terms/returns/tiers/0/kind: The residual takes all that is left, so it comes last.'],
    ],
    [
      'two residuals',
      tiers(capital, residual, residual),
      ['/terms/returns/tiers/2/kind: What is left is shared once only.'],
    ],
    [
      'an IRR cap before what it counts',
      tiers({ kind: 'irrCap', rate: '0.08' }, capital),
      [
        '/terms/returns/tiers/0/kind: An IRR cap counts the capital and the preferred return, so it comes after them.',
      ],
    ],
    [
      'an IRR cap under another',
      tiers(capital, { kind: 'irrCap', rate: '0.08' }, { kind: 'irrCap', rate: '0.08' }),
      ['/terms/returns/tiers/2/rate: A later IRR cap lies above the one before it, or it would pay nothing.'],
    ],
    [
      'a fee of nothing',
      tiers({ kind: 'fee', amount: '0.00' }, capital),
      ['/terms/returns/tiers/0/amount: A fee of nothing is no tier: take it out.'],
    ],
    [
      'a rate in per cent',
      tiers(capital, { ...preferred, rate: '4' }),
      [`/terms/returns/tiers/1/rate: ${rate}`],
    ],
    [
      'a rate of nothing',
      tiers(capital, { ...preferred, rate: '0.00' }),
      ['/terms/returns/tiers/1/rate: A rate of nothing pays nothing: take this tier out.'],
    ],
    [
      'shares that are not the whole',
      tiers(capital, {
        ...residual,
        shares: { investors: '0.2', provider: '0.3', pool: '0.4999' },
      }),
      ['/terms/returns/tiers/1/shares: The shares of investors, provider and pool must sum to 1.'],
    ],
    [
      'coupons with a gap',
      {
        returns: {
          kind: 'couponLadder',
          dayCount: 'ACT/365',
          bands: [
            { ...band('0', '80'), rate: '0' },
            { ...band('90', null), rate: '0.05' },
          ],
        },
      },
      ['/terms/returns/bands/1/from: Between 80 and 90 no band holds.'],
    ],
    [
      'a coupon in per cent',
      { returns: { kind: 'couponLadder', dayCount: 'ACT/365', bands: [{ ...band('0', null), rate: '5' }] } },
      [`/terms/returns/bands/0/rate: ${rate}`],
    ],
    [
      'two sides without bands',
      { twoSided: { bands: [] } },
      ['/terms/twoSided/bands: Give one band at least.'],
    ],
    [
      'a guarantee of nothing',
      { guarantee: { guarantorId: 'fund', share: '0' } },
      ['/terms/guarantee/share: A guarantee of nothing guarantees nothing.'],
    ],
    [
      'a guarantee of more than all',
      { guarantee: { guarantorId: 'fund', share: '1.01' } },
      [`/terms/guarantee/share: ${rate}`],
    ],
    [
      'a surplus that is not shared whole',
      { surplus: { rule: 'shares', shares: [{ organisationId: 'fund', share: '0.9' }] } },
      ['/terms/surplus/shares: The shares of the surplus must sum to 1, such as 0.5 and 0.5.'],
    ],
    [
      'a surplus shared twice with one',
      {
        surplus: {
          rule: 'shares',
          shares: [
            { organisationId: 'fund', share: '0.5' },
            { organisationId: 'fund', share: '0.5' },
          ],
        },
      },
      ['/terms/surplus/shares/1/organisationId: This organisation is named twice.'],
    ],
  ])('are refused with %s', (_, change, sentences) => {
    expect(said(change)).toEqual(sentences);
  });
});
