import { describe, expect, it } from '@jest/globals';
import { render } from 'preact-render-to-string';
import { ContentLines, labelOf } from './content-lines.js';

const textOf = (content: Record<string, unknown>): string =>
  render(<ContentLines content={content} locale="en-GB" />)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

describe('what is asked for, as its approver reads it', () => {
  it('says the names of fields as words', () => {
    expect(labelOf('accountName')).toBe('Account name');
    expect(labelOf('iban')).toBe('IBAN');
  });

  it('shows money in its currency, a date by locale, and no bare ids', () => {
    const grantId = '0193a5c2-7f1e-7c3a-9b5d-2e4f6a8b0c1d';
    expect(textOf({ grantId, amount: '1250.00', currency: 'GBP', dueOn: '2027-01-04' })).toBe(
      'Amount £1,250.00 Due on 4 Jan 2027',
    );
  });

  it('shows what was before inside what it belongs to, and lists as tables', () => {
    expect(textOf({ before: { iban: 'BE68539007547034' } })).toBe('Before IBAN BE68 5390 0754 7034');
    expect(textOf({ currency: 'EUR', lines: [{ payee: 'Stream', amount: '5.00' }] })).toBe(
      'Currency EUR Lines Payee Amount Stream €5.00',
    );
  });
});
