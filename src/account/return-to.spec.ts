import { describe, expect, it } from '@jest/globals';
import { localPath } from './return-to.js';

describe('where to go after signing in', () => {
  it.each([
    ['/grants/1?tab=reports#due', '/grants/1?tab=reports#due'],
    ['/', '/'],
    [undefined, '/'],
    ['', '/'],
    ['grants', '/'],
    ['https://elsewhere.example/', '/'],
    ['//elsewhere.example', '/'],
    ['/\\elsewhere.example', '/'],
    ['/..//elsewhere.example', '/'],
    ['/./\\elsewhere.example', '/'],
    ['/\t/elsewhere.example', '/'],
    ['/sign-in?returnTo=/grants', '/'],
  ])('%j leads to %s', (asked, path) => {
    expect(localPath(asked)).toBe(path);
  });
});
