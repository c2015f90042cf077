import { describe, expect, it } from '@jest/globals';
import { viewOf } from './saved-view.rules.js';

describe('a view of a list', () => {
  it.each([
    ['/pools/1/pledges?state=signed&sort=-amount', '/pools/1/pledges', 'sort=-amount&state=signed'],
    ['/pools/1/pledges?state=&cursor=abc&limit=5', '/pools/1/pledges', ''],
    ['/coalitions/1/grants', '/coalitions/1/grants', ''],
  ])('%s is %s, asked %s', (address, path, query) => {
    expect(viewOf(address)).toEqual({ path, query });
  });

  it.each(['https://elsewhere.example/pools/1', '//elsewhere.example', '/..//elsewhere.example', '', '/'])(
    '%s is no list of ours',
    (address) => {
      expect(viewOf(address)).toBeNull();
    },
  );
});
