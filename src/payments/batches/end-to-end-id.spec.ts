import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { disbursementOf, endToEndId } from './end-to-end-id.js';

describe('the EndToEndId of a payment', () => {
  it('is the id of its disbursement, as a bank can carry it', () => {
    expect(endToEndId('0193a5c2-7f1e-7c3a-9b5d-2e4f6a8b0c1d')).toBe('0193A5C27F1E7C3A9B5D2E4F6A8B0C1D');
  });

  it('leads back to the disbursement, also where a bank has changed the case', () => {
    expect(disbursementOf(' 0193a5c27f1e7c3a9b5d2e4f6a8b0c1d')).toBe('0193a5c2-7f1e-7c3a-9b5d-2e4f6a8b0c1d');
    fc.assert(fc.property(fc.uuid(), (id) => disbursementOf(endToEndId(id)) === id));
  });

  it('names nothing of ours when somebody else made it', () => {
    expect(disbursementOf('NOTPROVIDED')).toBeNull();
    expect(disbursementOf('INVOICE 2026/11')).toBeNull();
  });

  it('fits into 35 characters of the SEPA character set', () => {
    fc.assert(fc.property(fc.uuid(), (id) => /^[A-Z0-9]{1,35}$/.test(endToEndId(id))));
  });
});
