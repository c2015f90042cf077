import { describe, expect, it } from '@jest/globals';
import { approvalLetter, type WaitingApproval } from './approval-letter.js';

const inbox = 'https://example.org/approvals';

const waiting = (n: number, more: Partial<WaitingApproval> = {}): WaitingApproval => ({
  matter: {
    ...{ coalition: 'River Towns', timeZone: 'Europe/London', pool: 'River Fund', madeByName: 'Fin' },
    summary: `Release £${n}.00 to Stream`,
    madeAt: new Date('2027-03-01T09:00:00Z'),
    ...{ required: 2, given: 1, url: `https://example.org/approvals/${n}` },
  },
  step: 'asked',
  reader: { personId: 'p', name: 'Ana', email: 'ana@example.org', locale: 'en-GB', inSteadOf: null },
  ...more,
});

const unwrapped = (text: string): string => text.replace(/\s+/g, ' ');

describe('a letter on what waits for an approval', () => {
  it('says of one what is asked for, how many have signed, and where to decide', () => {
    const { subject, text } = approvalLetter([waiting(7)], inbox);
    expect(subject).toBe('Your approval is asked for: Release £7.00 to Stream');
    expect(text).toContain('Fin asks for your approval in River Towns: Release £7.00 to Stream.');
    expect(text).toContain('It takes 2 signatures, of which 1 is given.');
    expect(text).toContain('https://example.org/approvals/7');
    expect(text).not.toContain('stead');
  });

  it('says that it still waits, and in whose stead one would sign', () => {
    const reader = { ...waiting(7).reader, inSteadOf: 'Ben' };
    const { subject, text } = approvalLetter([waiting(7, { step: 'w+2', reader })], inbox);
    expect(subject).toBe('Still waits for your approval: Release £7.00 to Stream');
    expect(text).toContain('You would sign in the stead of Ben.');
    expect(unwrapped(text)).toContain('an approver of River Towns lets you sign in their stead');
  });

  it('names fifty of many, and says how many more there are', () => {
    const { subject, text } = approvalLetter(
      Array.from({ length: 53 }, (_, n) => waiting(n)),
      inbox,
    );
    expect(subject).toBe('River Towns: 53 requests wait for your approval');
    expect(text.match(/Release £/g)).toHaveLength(50);
    expect(text).toContain('3 more requests can be seen there.');
    expect(text).toContain(inbox);
  });
});
