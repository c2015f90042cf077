import { describe, expect, it } from '@jest/globals';
import { fateOf } from './smtp.js';

const failure = (parts: { responseCode?: number; command?: string }) => ({ message: 'Why', ...parts });

describe('the fate of a mail, by what went wrong', () => {
  it.each([
    ['a refusal for now', failure({ responseCode: 451, command: 'RCPT TO' }), false, 'later'],
    ['a refusal for good', failure({ responseCode: 550, command: 'RCPT TO' }), false, 'never'],
    ['a refusal of the content for now', failure({ responseCode: 452, command: 'DATA' }), true, 'later'],
    ['a refusal of the content for good', failure({ responseCode: 554, command: 'DATA' }), true, 'never'],
    ['a refused sign-in', failure({ responseCode: 535, command: 'AUTH PLAIN' }), false, 'later'],
    ['no connection', failure({ command: 'CONN' }), false, 'later'],
    ['a connection lost before the content', failure({ command: 'CONN' }), false, 'later'],
    ['a connection lost within or after the content', failure({ command: 'CONN' }), true, 'unknown'],
  ])('%s', (_, error, begun, expected) => {
    const fate = fateOf(error, begun);
    const said = fate.kind === 'refused' ? (fate.forGood ? 'never' : 'later') : 'unknown';
    expect(said).toBe(expected);
  });

  it('says whether the server was there at all', () => {
    expect(fateOf(failure({ command: 'CONN' }), false)).toMatchObject({ reached: false });
    expect(fateOf(failure({ responseCode: 535, command: 'AUTH PLAIN' }), false)).toMatchObject({
      reached: false,
    });
    expect(fateOf(failure({ responseCode: 451, command: 'RCPT TO' }), false)).toMatchObject({
      reached: true,
    });
  });
});
