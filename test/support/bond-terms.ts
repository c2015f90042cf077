/** Terms that may be signed as they are: two payers, one investor, a waterfall. Change what a test is about. */
export function bondTerms(
  parties: { payers: readonly [string, string]; investor: string; verifier: object },
  more: object = {},
): Record<string, unknown> {
  return {
    startOn: '2027-01-01',
    endOn: '2030-12-31',
    claimsEvery: 'quarterly',
    invoiceDueDays: 30,
    rateCard: [
      { metric: 'signUp', title: 'A child signs up', kind: 'per_unit', price: '1680.00', unit: 'child' },
      {
        ...{ metric: 'attendance', title: 'Attendance over a year', kind: 'band', mode: 'step' },
        bands: [
          { from: '55', to: '60', fromInclusive: true, toInclusive: false, price: '3.00' },
          { from: '60', to: '65', fromInclusive: true, toInclusive: false, price: '7.50' },
          { from: '65', fromInclusive: true, toInclusive: false, price: '12.00' },
        ],
      },
    ],
    caps: { bond: '900000.00' },
    carryForward: false,
    shareRule: 'fixed',
    payers: [
      { organisationId: parties.payers[0], weight: '2', cap: '600000.00' },
      { organisationId: parties.payers[1], weight: '1' },
    ],
    verifier: parties.verifier,
    investors: [{ organisationId: parties.investor, commitment: '360000.00' }],
    returns: {
      kind: 'waterfall',
      tiers: [
        { kind: 'fee', amount: '10000.00' },
        { kind: 'capital' },
        { kind: 'preferred', rate: '0.04', dayCount: 'ACT/365', compounding: 'none' },
        { kind: 'irrCap', rate: '0.08' },
        { kind: 'residual', shares: { investors: '0.2', provider: '0.3', pool: '0.5' } },
      ],
    },
    surplus: { rule: 'payersByPaid' },
    ...more,
  };
}
