import { describe, expect, it } from '@jest/globals';
import { trim, useRoom } from './caps.js';
import type { Part } from './rate-card.js';
import { emptyTally, type Tally } from './tally.js';

const place = { metric: 'm', period: '1' };
const ofNobody = (amount: bigint): Part[] => [{ person: null, amount }];
const ofPeople = (amounts: Record<string, bigint>): Part[] =>
  Object.entries(amounts).map(([person, amount]) => ({ person, amount }));

describe('what caps trim', () => {
  it('without caps, nothing', () => {
    expect(trim(ofNobody(100n), place, { line: null }, emptyTally())).toEqual({
      parts: ofNobody(100n),
      trimmed: [],
      cutByPeriod: [],
    });
  });

  it.each([
    [{ line: 70n }, [{ by: 'line', amount: 30n }], 70n],
    [{ line: null, period: 70n }, [{ by: 'period', amount: 30n }], 70n],
    [{ line: null, bond: 70n }, [{ by: 'bond', amount: 30n }], 70n],
    [{ line: null, bond: 0n }, [{ by: 'bond', amount: 100n }], 0n],
    [{ line: 100n, period: 100n, bond: 100n }, [], 100n],
    [
      { line: 90n, period: 50n, bond: 20n },
      [
        { by: 'line', amount: 10n },
        { by: 'period', amount: 40n },
        { by: 'bond', amount: 30n },
      ],
      20n,
    ],
  ])('%p', (caps, trimmed, left) => {
    const capped = trim(ofNobody(100n), place, caps, emptyTally());
    expect(capped.trimmed).toEqual(trimmed);
    expect(capped.parts).toEqual(ofNobody(left));
  });

  it('the person cap trims each person, and nobody who is not named', () => {
    const tally: Tally = { ...emptyTally(), people: new Map([['a', 45n]]) };
    const parts = [...ofPeople({ a: 10n, b: 60n, c: 10n }), ...ofNobody(500n)];
    const capped = trim(parts, place, { line: null, person: 50n }, tally);
    expect(capped.trimmed).toEqual([{ by: 'person', amount: 15n }]);
    expect(capped.parts).toEqual([...ofPeople({ a: 5n, b: 50n, c: 10n }), ...ofNobody(500n)]);
  });

  it('a line, period or bond cap takes from its people in proportion, the odd unit from the later', () => {
    const capped = trim(ofPeople({ a: 10n, b: 10n }), place, { line: null, period: 9n }, emptyTally());
    expect(capped.parts).toEqual(ofPeople({ a: 5n, b: 4n }));
    expect(capped.cutByPeriod).toEqual(ofPeople({ a: 5n, b: 6n }));
  });

  it('what one cap took uses up no room under another', () => {
    const tally = emptyTally();
    const caps = { line: 100n, period: 60n, person: 80n };
    const first = trim(ofPeople({ a: 100n }), place, caps, tally);
    expect(first.trimmed).toEqual([
      { by: 'person', amount: 20n },
      { by: 'period', amount: 20n },
    ]);
    useRoom(first.parts, place, tally);
    expect(tally).toMatchObject({ bond: 60n, people: new Map([['a', 60n]]), lines: new Map([['m', 60n]]) });

    const second = trim(ofPeople({ a: 30n }), { metric: 'm', period: '2' }, caps, tally);
    expect(second.trimmed).toEqual([{ by: 'person', amount: 10n }]);
    expect(second.parts).toEqual(ofPeople({ a: 20n }));
  });

  it('a cap that was set under what is used leaves nothing, and takes nothing back', () => {
    const tally: Tally = { ...emptyTally(), bond: 100n };
    expect(trim(ofNobody(10n), place, { line: null, bond: 50n }, tally)).toMatchObject({
      parts: ofNobody(0n),
      trimmed: [{ by: 'bond', amount: 10n }],
    });
  });
});
