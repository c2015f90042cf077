import { describe, expect, it } from '@jest/globals';
import { dueLetter } from './due-letter.js';

const invoice = {
  ...{ coalition: 'River Towns', bond: 'Children first', payer: 'Borough of Westmere', reference: 'CIB-1/7' },
  ...{ currency: 'GBP', dueOn: '2027-04-01', amount: 18_240_00n, received: 0n },
  url: 'https://example.org/outcome-invoices/1',
};
const words = { document: 'outcome invoice', payment: 'The outcome payment of' };
const reader = { name: 'Ana', locale: 'en-GB' };

describe('a letter on money that is due to a bond', () => {
  it('says before the day what is due when, and to name the reference', () => {
    const { subject, text } = dueLetter(invoice, words, reader, '2027-03-29');
    expect(subject).toBe('£18,240.00 of outcome invoice CIB-1/7 is due on 1 Apr 2027');
    expect(text).toContain('Towns is due on 1 Apr 2027, in 3 days.');
    expect(text).toContain('https://example.org/outcome-invoices/1');
  });

  it('says after the day how late it is, and what of it has come', () => {
    const { subject, text } = dueLetter({ ...invoice, received: 240_00n }, words, reader, '2027-04-04');
    expect(subject).toBe('£18,000.00 of outcome invoice CIB-1/7 was due on 1 Apr 2027');
    expect(text).toContain('3 days ago. £240.00 of it has come.');
  });
});
