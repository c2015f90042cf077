import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sum } from '../money.js';
import { type PaidLine, payClaims } from './outcome-payments.js';
import { type Claim, type PriceBand } from './rate-card.js';
import { emptyTally, totalOf } from './tally.js';
import { agreeTerms, type TermsGiven } from './terms.js';

const percent = (units: bigint) => ({ units, scale: 0 });
const rising: PriceBand[] = [0n, 40n, 70n].map((from, index) => ({
  from: percent(from),
  fromInclusive: true,
  to: [percent(40n), percent(70n), null][index]!,
  toInclusive: false,
  price: [100n, 250n, 900n][index]!,
}));
const rateCard: TermsGiven['rateCard'] = [
  { metric: 'signUp', kind: 'per_unit', price: 168n },
  { metric: 'level3', kind: 'per_person_once', price: 330n },
  { metric: 'job', kind: 'per_person_once', price: 260n },
  { metric: 'restored', kind: 'band', price: 0n, bands: rising, mode: 'interpolated' },
];

const cap = fc.option(fc.bigInt({ min: 0n, max: 1500n }), { nil: undefined });
const anyMetrics = fc.option(
  fc.subarray(
    rateCard.map(({ metric }) => metric),
    { minLength: 1 },
  ),
  { nil: undefined },
);
const weighted = fc.record({ weight: fc.constantFrom('0', '1', '2.5', '0.333'), cap, metrics: anyMetrics });
const capped = fc.record({ cap: fc.bigInt({ min: 0n, max: 2000n }), metrics: anyMetrics });
const anyPayers = fc.oneof(
  fc.array(weighted, { maxLength: 3 }).map((more) => [{ weight: '1', cap: 900n }, ...more]),
  fc.array(capped, { maxLength: 3 }).map((more) => [{ cap: 900n }, ...more]),
);
const anyTerms: fc.Arbitrary<TermsGiven> = fc.record({
  rateCard: fc
    .tuple(cap, cap, cap, cap)
    .map((caps) => rateCard.map((line, i) => ({ ...line, cap: caps[i] }))),
  caps: fc.record({ person: cap, period: cap, bond: cap }),
  payers: anyPayers.map((payers) => payers.map((payer, index) => ({ ...payer, payer: `payer ${index}` }))),
  carryForward: fc.boolean(),
});

const period = fc.constantFrom('1', '2', '3', '4');
const people = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 5 });
const quantity = fc.constantFrom('0', '1', '2.5', '7', '0.333');
const value = fc.bigInt({ min: -10n, max: 120n }).map(String);
const anyClaim: fc.Arbitrary<Claim> = fc.oneof(
  fc.record({ period, metric: fc.constant('signUp'), quantity }),
  fc.record({ period, metric: fc.constant('signUp'), quantity, people }),
  fc.record({ period, metric: fc.constantFrom('level3', 'job'), people }),
  fc.record({ period, metric: fc.constant('restored'), value }),
);
// The order is any: periods come and go.
const anyClaims = fc.array(anyClaim, { maxLength: 14 });

/** Runs a case of its own. */
function pay(given: TermsGiven, claims: readonly Claim[]) {
  const tally = emptyTally();
  return { lines: payClaims(agreeTerms(given), claims, tally), tally };
}

const netBy = (lines: PaidLine[], key: 'metric' | 'period') => {
  const totals = new Map<string, bigint>();
  for (const line of lines) totals.set(line[key], (totals.get(line[key]) ?? 0n) + line.net);
  return totals;
};
const trimmedBy = (lines: PaidLine[], holds: (by: string) => boolean) =>
  sum(lines.flatMap(({ trimmed }) => trimmed.filter(({ by }) => holds(by)).map(({ amount }) => amount)));

describe('over any terms and claims in any order', () => {
  it('what the payers pay is the gross, less what was trimmed, less what is unpaid', () => {
    fc.assert(
      fc.property(anyTerms, anyClaims, (given, claims) => {
        const { lines, tally } = pay(given, claims);
        for (const { gross, trimmed, net, shares, unpaid } of lines) {
          expect(gross - sum(trimmed.map(({ amount }) => amount))).toBe(net);
          expect(sum([...shares, ...unpaid].map(({ amount }) => amount))).toBe(net);
          expect([...trimmed, ...shares, ...unpaid].every(({ amount }) => amount > 0n)).toBe(true);
        }
        const gross = sum(lines.map((line) => line.gross));
        const unpaid = sum(lines.flatMap((line) => line.unpaid.map(({ amount }) => amount)));
        expect(sum(tally.payers.values())).toBe(gross - trimmedBy(lines, () => true) - unpaid);
      }),
    );
  });

  it('no cap is ever exceeded', () => {
    fc.assert(
      fc.property(anyTerms, anyClaims, (given, claims) => {
        const { lines, tally } = pay(given, claims);
        const within = (amount: bigint | undefined, most: bigint | undefined) =>
          most === undefined || (amount ?? 0n) <= most;
        const [metrics, periods] = [netBy(lines, 'metric'), netBy(lines, 'period')];
        expect(given.rateCard.every((line) => within(metrics.get(line.metric), line.cap))).toBe(true);
        expect([...periods.values()].every((net) => within(net, given.caps.period))).toBe(true);
        expect([...tally.people.values()].every((net) => within(net, given.caps.person))).toBe(true);
        expect(within(sum(lines.map(({ net }) => net)), given.caps.bond)).toBe(true);
        for (const { payer, cap: most } of given.payers) {
          const shares = lines.flatMap((line) => line.shares.filter((share) => share.payer === payer));
          expect(within(sum(shares.map(({ amount }) => amount)), most)).toBe(true);
        }
      }),
    );
  });

  it('claims paid one after the other come to what they come to at once', () => {
    fc.assert(
      fc.property(anyTerms, anyClaims, fc.nat({ max: 14 }), (given, claims, cut) => {
        const terms = agreeTerms(given);
        const whole = pay(given, claims);
        const tally = emptyTally();
        const first = payClaims(terms, claims.slice(0, cut), tally);
        expect([...first, ...payClaims(terms, claims.slice(cut), tally)]).toEqual(whole.lines);
        expect(tally).toEqual(whole.tally);
        expect(first).toEqual(whole.lines.slice(0, first.length));
      }),
    );
  });

  it('carried forward, what a period cap trims is paid, trimmed by another cap, or still waiting', () => {
    fc.assert(
      fc.property(anyTerms, anyClaims, (given, claims) => {
        const { lines, tally } = pay({ ...given, carryForward: true }, claims);
        const outcomes = sum(lines.filter(({ working }) => working !== null).map(({ gross }) => gross));
        const waiting = sum([...tally.carried.values()].map(totalOf));
        const net = sum(lines.map((line) => line.net));
        expect(outcomes).toBe(net + trimmedBy(lines, (by) => by !== 'period') + waiting);
        expect(pay({ ...given, carryForward: false }, claims).tally.carried.size).toBe(0);
      }),
    );
  });

  it('a person counts once for a metric, whatever the claims', () => {
    fc.assert(
      fc.property(anyTerms, anyClaims, (given, claims) => {
        const { lines } = pay(given, claims);
        for (const metric of ['level3', 'job']) {
          const counted = lines.flatMap((line) =>
            line.metric === metric && line.working?.by === 'people' ? line.working.counted : [],
          );
          const named = claims.flatMap((claim) => (claim.metric === metric ? [...claim.people!] : []));
          expect(counted.toSorted()).toEqual([...new Set(named)].toSorted());
        }
      }),
    );
  });

  it('where bands rise, better outcomes never pay less in total', () => {
    // Of one metric: caps that cross (a line over periods, a period over lines) can make more of one crowd out two.
    const claims = fc.array(fc.record({ period, value: fc.bigInt({ min: -10n, max: 120n }) }), {
      minLength: 1,
    });
    const better = fc.bigInt({ min: 0n, max: 60n });
    const caps = fc.record({ period: cap, bond: cap });
    fc.assert(
      fc.property(
        claims,
        fc.nat(),
        better,
        caps,
        cap,
        fc.boolean(),
        (given, at, more, both, line, carryForward) => {
          const terms: TermsGiven = {
            rateCard: [{ ...rateCard[3]!, cap: line }],
            caps: both,
            payers: [{ payer: 'P' }],
            carryForward,
          };
          const totalWith = (extra: bigint) =>
            sum(
              pay(
                terms,
                given.map((one, index) => ({
                  period: one.period,
                  metric: 'restored',
                  value: String(one.value + (index === at % given.length ? extra : 0n)),
                })),
              ).tally.payers.values(),
            );
          expect(totalWith(more) >= totalWith(0n)).toBe(true);
        },
      ),
    );
  });
});

describe('terms that change from one claim to the next', () => {
  const terms = (changes: Partial<TermsGiven>) =>
    agreeTerms({
      rateCard,
      caps: { period: 200n },
      payers: [{ payer: 'P', cap: 1000n }],
      carryForward: true,
      ...changes,
    });
  const claim = (of: string, metric: string, more: Partial<Claim>): Claim => ({
    period: of,
    metric,
    ...more,
  });

  it('leave what earlier claims came to, and trim by the new caps from then on', () => {
    const tally = emptyTally();
    const before = payClaims(terms({}), [claim('1', 'signUp', { quantity: '2' })], tally);
    expect(before).toMatchObject([{ gross: 336n, net: 200n, trimmed: [{ by: 'period', amount: 136n }] }]);
    const lower = terms({ caps: { bond: 150n }, payers: [{ payer: 'P', cap: 100n }] });
    expect(payClaims(lower, [claim('2', 'signUp', { quantity: '1' })], tally)).toMatchObject([
      { period: '2', working: null, gross: 136n, trimmed: [{ by: 'bond', amount: 136n }], net: 0n },
      { period: '2', gross: 168n, trimmed: [{ by: 'bond', amount: 168n }], net: 0n },
    ]);
    expect(tally.bond).toBe(200n);
  });

  it('what waits for a metric that they have not got, waits on', () => {
    const tally = emptyTally();
    payClaims(terms({}), [claim('1', 'signUp', { quantity: '2' })], tally);
    const without = terms({ rateCard: rateCard.slice(1) });
    expect(payClaims(without, [claim('2', 'job', { people: ['a'] })], tally)).toHaveLength(1);
    expect(totalOf(tally.carried.get('signUp')!)).toBe(136n);
    const [again] = payClaims(terms({}), [claim('3', 'job', { people: [] })], tally);
    expect(again).toMatchObject({ period: '3', metric: 'signUp', net: 136n });
  });

  it('a refused claim is named by its place', () => {
    const good = claim('1', 'signUp', { quantity: '1' });
    const refused = (bad: Claim) => () => payClaims(terms({}), [good, bad], emptyTally());
    expect(refused(claim('1', 'x', {}))).toThrow(
      expect.objectContaining({ code: 'unknownMetric', pointer: '/claims/1/metric' }),
    );
    expect(refused(claim('1', 'job', {}))).toThrow(expect.objectContaining({ pointer: '/claims/1/people' }));
  });
});
