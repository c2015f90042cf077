import { describe, expect, it } from '@jest/globals';
import { networkOf, TooManyTries } from './throttle.js';

describe('the network of an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001::9', '2001:db8:1:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s counts as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('too many tries', () => {
  it('says how long to wait, in whole minutes', () => {
    expect(new TooManyTries(61).detail).toBe('Too many tries that failed. Wait 2 minutes, then try again.');
    expect(new TooManyTries(20).detail).toBe('Too many tries that failed. Wait a minute, then try again.');
  });
});
