import { describe, expect, it } from '@jest/globals';
import { pledgeLetter } from './pledge-letter.js';

const instalment = {
  ...{ coalition: 'River Towns', pool: 'River Fund', funder: 'North River Trust', reference: 'NRT-2027' },
  ...{ currency: 'GBP', dueOn: '2027-04-01', amount: 30_000_00n, received: 0n },
  url: 'https://example.org/pledges/1',
};
const reader = { name: 'Ana', locale: 'en-GB' };

describe('a letter on a pledge instalment', () => {
  it('says before the day what is due when, and how to pay it', () => {
    const { subject, text } = pledgeLetter(instalment, reader, '2027-03-29');
    expect(subject).toBe('£30,000.00 of pledge NRT-2027 is due on 1 Apr 2027');
    expect(text).toContain('is due on 1 Apr 2027, in 3 days.');
    expect(text).toContain('https://example.org/pledges/1');
  });

  it('says after the day how late it is, and what of it has come', () => {
    const { subject, text } = pledgeLetter({ ...instalment, received: 10_000_00n }, reader, '2027-04-04');
    expect(subject).toBe('£20,000.00 of pledge NRT-2027 was due on 1 Apr 2027');
    expect(text).toContain('3 days ago. £10,000.00 of it has');
  });
});
