import { describe, expect, it } from '@jest/globals';
import { Fingerprints, isFingerprint, recordedAs } from './fingerprints.js';

const said = { bookedOn: '2026-12-01', amount: 5n };

describe('the fingerprint of a line', () => {
  it('is the same for the same line of an account, and counts those that say the same', () => {
    const [one, other] = [new Fingerprints(), new Fingerprints()];
    const first = one.of('GB33', said);
    expect(other.of('GB33', said)).toBe(first);
    expect(one.of('GB33', said)).toBe(first.replace(/-1$/, '-2'));
    expect(one.of('GB34', said)).not.toBe(first);
    expect(isFingerprint(first)).toBe(true);
    expect(recordedAs({ reference: first, bookedOn: '2026-12-01' })).toBe(
      `2026-12-01 ${first.slice(0, 8)}-1`,
    );
  });

  it('is not taken for the bank’s own reference, which is kept as it is', () => {
    expect(isFingerprint('BACS 771204')).toBe(false);
    expect(recordedAs({ reference: 'BACS 771204', bookedOn: '2026-12-01' })).toBe('BACS 771204');
    const prints = new Fingerprints();
    expect([prints.ofBank('R1'), prints.ofBank('R2'), prints.ofBank('R1')]).toEqual(['R1', 'R2', 'R1#2']);
  });
});
