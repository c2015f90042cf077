import { describe, expect, it } from '@jest/globals';
import type { InstalmentState } from '../instalment.rules.js';
import {
  grantSuspended,
  heldForSuspension,
  isToBeHeld,
  requireNothingApproved,
  requireSuspensionDay,
} from './suspension.rules.js';

const slice = (number: number, state: InstalmentState) => ({ number, state });

describe('an instalment of a suspended grant', () => {
  it('is held for the suspension first, and for what held it before', () => {
    const short = { code: 'cashShort' as const, text: 'short by £5.00' };
    expect(heldForSuspension([])).toEqual([grantSuspended]);
    expect(heldForSuspension([short])).toEqual([grantSuspended, short]);
  });

  it('has the reason once, however often it is looked at', () => {
    expect(heldForSuspension(heldForSuspension([]))).toEqual([grantSuspended]);
  });

  it('waits at once when its day has come, and otherwise from its day on', () => {
    const states: InstalmentState[] = ['planned', 'due', 'held', 'returned', 'paid', 'cancelled'];
    expect(states.filter((state) => isToBeHeld(slice(1, state)))).toEqual(['due', 'held', 'returned']);
  });
});

describe('a suspension', () => {
  it('is refused while a payment is approved, and says which', () => {
    expect(() => requireNothingApproved([slice(1, 'paid'), slice(2, 'approved')])).toThrow(
      'The payment of instalment 2 is approved. Settle what is approved, then suspend the grant.',
    );
    expect(() => requireNothingApproved([slice(2, 'approved'), slice(3, 'inPayment')])).toThrow(
      'The payments of instalments 2, 3 are approved.',
    );
    expect(requireNothingApproved([slice(1, 'paid'), slice(2, 'due')])).toBeUndefined();
  });

  it('begins between the award and today', () => {
    expect(requireSuspensionDay('2026-11-24', '2026-11-01', '2026-11-24')).toBeUndefined();
    expect(requireSuspensionDay('2026-11-01', '2026-11-01', '2026-11-24')).toBeUndefined();
    expect(requireSuspensionDay('2026-10-01', null, '2026-11-24')).toBeUndefined();
    expect(() => requireSuspensionDay('2026-11-25', null, '2026-11-24')).toThrow('began earlier');
    expect(() => requireSuspensionDay('2026-10-31', '2026-11-01', '2026-11-24')).toThrow('before that');
  });
});
