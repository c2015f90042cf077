import { describe, expect, it } from '@jest/globals';
import { parseDecimal } from '../exact.js';
import { agreeTerms, type TermsGiven } from './terms.js';

const band = (from: string, to: string) => ({
  from: parseDecimal(from),
  fromInclusive: true,
  to: parseDecimal(to),
  toInclusive: false,
  price: 100n,
});
const terms = (changes: Partial<TermsGiven>): TermsGiven => ({
  rateCard: [{ metric: 'a', kind: 'per_unit', price: 5n }],
  caps: {},
  payers: [{ payer: 'P', weight: '1' }],
  carryForward: false,
  ...changes,
});
const bands = (kind: 'band' | 'threshold', ...list: ReturnType<typeof band>[]) =>
  terms({ rateCard: [{ metric: 'a', kind, price: 0n, bands: list }] });
const twoMetrics: TermsGiven['rateCard'] = [
  { metric: 'a', kind: 'per_unit', price: 5n },
  { metric: 'b', kind: 'per_person_once', price: 5n },
];

describe('terms that hold together', () => {
  it('know who pays for each metric, in the order of the payers', () => {
    const payers = [
      { payer: 'P', weight: '1', metrics: ['b'] },
      { payer: 'Q', weight: '0' },
      { payer: 'R', weight: '2.5', metrics: ['a', 'b'] },
    ];
    const { payersOf } = agreeTerms(terms({ rateCard: twoMetrics, payers }));
    expect(
      [...payersOf].map(([metric, who]) => `${metric}: ${who.map(({ payer }) => payer).join()}`),
    ).toEqual(['a: Q,R', 'b: P,Q,R']);
  });

  it('one metric may be shared by weight and another by remaining cap', () => {
    const payers = [
      { payer: 'P', weight: '1', cap: 5n, metrics: ['a'] },
      { payer: 'Q', cap: 5n, metrics: ['b'] },
      { payer: 'R', cap: 5n, metrics: ['b'] },
    ];
    expect(agreeTerms(terms({ rateCard: twoMetrics, payers })).payers).toHaveLength(3);
  });

  it('a payer’s weight for one metric goes before its weight for all', () => {
    const payers = [
      { payer: 'P', weight: '1', weightOf: new Map([['b', '3']]) },
      { payer: 'Q', weightOf: new Map([['a', '2']]), metrics: ['a'] },
    ];
    const { payersOf } = agreeTerms(terms({ rateCard: twoMetrics, payers }));
    const weightsOf = (metric: string) => payersOf.get(metric)!.map(({ weight }) => weight?.units);
    expect([weightsOf('a'), weightsOf('b')]).toEqual([[1n, 2n], [3n]]);
  });
});

describe('terms that do not are refused at their place', () => {
  it.each<[TermsGiven, string, string]>([
    [
      terms({ rateCard: [...twoMetrics, twoMetrics[0]!] }),
      '/rateCard/2/metric',
      'The metric “a” stands on the rate card twice.',
    ],
    [terms({ payers: [{ payer: 'P' }, { payer: 'P' }] }), '/payers/1/payer', 'The payer “P” is named twice.'],
    [
      bands('band', band('50', '60'), band('65', '70')),
      '/rateCard/0/bands/1/from',
      'Between 60 and 65 no band holds.',
    ],
    [
      bands('band', band('50', '60'), band('55', '70')),
      '/rateCard/0/bands/1/from',
      'Between 55 and 60 two bands hold.',
    ],
    [bands('band'), '/rateCard/0/bands', 'Give one band at least.'],
    [bands('threshold'), '/rateCard/0/bands', 'The threshold of “a” needs exactly one band.'],
    [
      bands('threshold', band('50', '60'), band('60', '70')),
      '/rateCard/0/bands',
      'The threshold of “a” needs exactly one band.',
    ],
    [
      terms({
        rateCard: twoMetrics,
        payers: [
          { payer: 'P', weight: '1' },
          { payer: 'Q', weightOf: new Map([['a', '1']]) },
        ],
      }),
      '/payers/1/weight',
      'Give every payer of “b” a weight, or none of them.',
    ],
    [
      terms({ payers: [{ payer: 'P', metrics: ['a', 'x'] }] }),
      '/payers/0/metrics/1',
      'The rate card has no metric “x”.',
    ],
    [
      terms({ rateCard: twoMetrics, payers: [{ payer: 'P', metrics: ['a'] }] }),
      '/rateCard/1/metric',
      'Nobody pays for “b”.',
    ],
    [
      terms({
        payers: [
          { payer: 'P', weight: '0' },
          { payer: 'Q', weight: '0.00' },
        ],
      }),
      '/payers/0/weight',
      'The weights of those who pay for “a” sum to zero, so nobody has a share.',
    ],
    [
      terms({
        payers: [
          { payer: 'P', weight: '1' },
          { payer: 'Q', cap: 5n },
        ],
      }),
      '/payers/1/weight',
      'Give every payer of “a” a weight, or none of them.',
    ],
    [
      terms({ payers: [{ payer: 'P', cap: 5n }, { payer: 'Q' }] }),
      '/payers/1/cap',
      'Without weights, the payers of “a” share by remaining cap: give each a cap.',
    ],
  ])('%#', (given, pointer, detail) => {
    expect(() => agreeTerms(given)).toThrow(expect.objectContaining({ pointer, detail }));
  });
});
