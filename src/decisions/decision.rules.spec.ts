import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  count,
  decide,
  forAndAgainst,
  requireOptions,
  type Vote,
  type VotingRule,
} from './decision.rules.js';

/** People A, B, C … with these weights; `cast` is what each voted, null not at all. */
function vote(cast: (number | null)[], more: Partial<Vote> & { weights?: bigint[] } = {}): Vote {
  const { weights, ...rest } = more;
  const people = cast.map((_, index) => String.fromCharCode(65 + index));
  return {
    method: 'motion',
    options: forAndAgainst,
    rule: 'majority',
    quorumPercent: 50,
    voters: people.map((personId, index) => ({ personId, weight: weights?.[index] ?? 1n })),
    recused: new Set(),
    ballots: new Map(
      people.flatMap((person, index): [string, number][] =>
        cast[index] === null ? [] : [[person, cast[index]!]],
      ),
    ),
    ...rest,
  };
}
const verdict = (one: Vote) => decide(one, count(one));

describe('a plain motion', () => {
  it.each([
    [[1, 1, 2], 'majority', 'passed', 'For reached more than half of the votes cast.'],
    [[1, 2], 'majority', 'failed', 'For and Against tie, so nothing is carried.'],
    [[1, 2, 2], 'majority', 'failed', 'More were against it than for it.'],
    [[1, 1, 2], 'twoThirds', 'passed', 'For reached two thirds of the votes cast.'],
    [[1, 1, 1, 2, 2], 'twoThirds', 'failed', 'For did not reach two thirds of the votes cast.'],
    [[1, 1, 0], 'unanimous', 'passed', 'For reached all of the votes cast.'],
    [[1, 1, 2], 'unanimous', 'failed', 'For did not reach all of the votes cast.'],
    [[0, 0], 'majority', 'failed', 'Everybody abstained.'],
    [[1, null, null], 'majority', 'noQuorum', 'The quorum of 50 % was not reached.'],
  ] as const)('voted %j by %s is %s', (cast, rule, state, reason) => {
    expect(verdict(vote([...cast], { rule: rule as VotingRule }))).toMatchObject({ state, reason });
  });

  it('counts abstentions to the quorum, and for nothing', () => {
    const one = vote([1, 0, null, null]);
    expect(count(one)).toMatchObject({ isQuorate: true, voted: { people: 2 }, abstained: { people: 1 } });
    expect(verdict(one).state).toBe('passed');
  });

  it('counts who is recused in neither votes nor quorum', () => {
    const cast = [1, 2, 2, null];
    expect(verdict(vote(cast)).state).toBe('failed');
    const one = vote(cast, { recused: new Set(['B', 'C', 'D']), quorumPercent: 100 });
    expect(count(one)).toMatchObject({ entitled: { people: 1 }, voted: { people: 1 } });
    expect(verdict(one).state).toBe('passed');
  });

  it('has no quorum where nobody is left to vote', () => {
    expect(verdict(vote([1], { recused: new Set(['A']) })).state).toBe('noQuorum');
  });

  it('weighs: one who gave more than all others carries it, and is the quorum alone', () => {
    const one = vote([1, 2, null], { weights: [300_000_00n, 100_000_00n, 150_000_00n] });
    expect(count(one).options.map(({ weight }) => weight)).toEqual([300_000_00n, 100_000_00n]);
    expect(verdict(one).state).toBe('passed');
  });
});

describe('a choice between options', () => {
  const options = ['North', 'South', 'Both'];
  const choice = (cast: number[], rule: VotingRule) =>
    verdict(vote(cast, { method: 'choice', options, rule }));

  it('is carried by the most votes, or by more than half of them, as its rule says', () => {
    expect(choice([1, 1, 2, 3], 'plurality')).toMatchObject({ state: 'passed', winner: 1 });
    expect(choice([1, 1, 2, 3], 'majority')).toMatchObject({
      state: 'failed',
      reason: 'North did not reach more than half of the votes cast.',
    });
    expect(choice([2, 2, 2, 3, 1], 'majority')).toMatchObject({ state: 'passed', winner: 2 });
  });

  it('says who ties, and carries nothing', () => {
    expect(choice([1, 1, 3, 3, 2], 'plurality')).toEqual({
      state: 'failed',
      winner: null,
      reason: 'North and Both tie, so nothing is carried.',
    });
  });
});

describe('a count', () => {
  const people = fc.array(
    fc.record({
      weight: fc.bigInt({ min: 0n, max: 10n ** 12n }),
      cast: fc.option(fc.integer({ min: 0, max: 2 })),
      isRecused: fc.boolean(),
    }),
    { minLength: 1, maxLength: 30 },
  );

  it('adds up, whatever was voted: the options and the abstentions are what was voted', () => {
    fc.assert(
      fc.property(people, (rows) => {
        const one = votesOf(rows);
        const { options, abstained, voted, entitled } = count(one);
        const shares = [...options, abstained];
        expect(shares.reduce((total, { weight }) => total + weight, 0n)).toBe(voted.weight);
        expect(shares.reduce((total, share) => total + share.people, 0)).toBe(voted.people);
        expect(voted.weight <= entitled.weight).toBe(true);
      }),
    );
  });

  it('is the same in whatever order people and ballots are read, and without those who are recused', () => {
    fc.assert(
      fc.property(people, (rows) => {
        const one = votesOf(rows);
        const turned = {
          ...one,
          voters: [...one.voters].reverse(),
          ballots: new Map([...one.ballots].reverse()),
        };
        expect(count(turned)).toEqual(count(one));
        const without = { ...one, voters: one.voters.filter(({ personId }) => !one.recused.has(personId)) };
        expect(verdict(without)).toEqual(verdict(one));
      }),
    );
  });

  function votesOf(rows: { weight: bigint; cast: number | null; isRecused: boolean }[]): Vote {
    const recused = new Set(rows.flatMap(({ isRecused }, at) => (isRecused ? [String(at)] : [])));
    return {
      ...vote([]),
      voters: rows.map(({ weight }, at) => ({ personId: String(at), weight })),
      recused,
      ballots: new Map(
        rows.flatMap(({ cast }, at): [string, number][] => (cast === null ? [] : [[String(at), cast]])),
      ),
    };
  }
});

describe('the options of a motion', () => {
  it.each([
    ['motion', 'majority', ['Yes', 'No'], '/options'],
    ['motion', 'plurality', undefined, '/rule'],
    ['choice', 'plurality', ['Only'], '/options'],
    ['choice', 'plurality', ['North', 'north'], '/options'],
    ['choice', 'unanimous', ['North', 'South'], '/rule'],
  ] as const)('%s by %s between %j are refused at %s', (method, rule, options, pointer) => {
    expect(() => requireOptions(method, rule, options)).toThrow(
      expect.objectContaining({ code: 'ruleBroken', fields: [expect.objectContaining({ pointer })] }),
    );
  });

  it('are for and against on a plain motion', () => {
    expect(requireOptions('motion', 'twoThirds', undefined)).toEqual(['For', 'Against']);
  });
});
