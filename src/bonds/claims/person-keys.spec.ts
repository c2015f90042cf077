import { describe, expect, it } from '@jest/globals';
import { newSealedKey, openKey, personKey } from './person-keys.js';

const secret = 'a-secret-of-thirty-two-characters';

describe('the key of a bond’s people', () => {
  it('opens with the installation’s secret, for its own bond', () => {
    const sealed = newSealedKey(secret, 'bond 1');
    expect(openKey(sealed, secret, 'bond 1')).toHaveLength(32);
    expect(() => openKey(sealed, secret, 'bond 2')).toThrow();
    expect(() => openKey(sealed, `${secret}!`, 'bond 1')).toThrow();
  });

  it('is another for each bond', () => {
    const keys = [1, 2].map(() => openKey(newSealedKey(secret, 'b'), secret, 'b').toString('hex'));
    expect(keys[0]).not.toBe(keys[1]);
  });
});

describe('the key of a person', () => {
  const key = Buffer.alloc(32, 7);

  it('does not depend on how the identifier is typed', () => {
    expect(personKey(' A 17', key)).toBe(personKey('a17', key));
    expect(personKey('A 17', key)).not.toBe(personKey('A 18', key));
  });

  it('says nothing without the bond’s key', () => {
    expect(personKey('A17', key)).toMatch(/^[0-9a-f]{64}$/);
    expect(personKey('A17', key)).not.toBe(personKey('A17', Buffer.alloc(32, 8)));
  });
});
