import { describe, expect, it } from '@jest/globals';
import type { ToolkitContent } from './toolkit-content.js';
import { hashOfContent, namesIn, requireCheckable, requireSame, requireSharable } from './toolkit.rules.js';

const nothing: ToolkitContent = {
  ...{ coalition: 'River Towns', title: 'What we know', introduction: '' },
  ...{ pages: [], goals: [], entries: [], decisions: [] },
};
const withPage = (body: string): ToolkitContent => ({ ...nothing, pages: [{ title: 'How we meet', body }] });

describe('what is to be shared', () => {
  it('is something', () => {
    expect(() => requireSharable(nothing, { names: [], mayBeNamed: false })).toThrow(
      'Choose something to share first.',
    );
  });

  it('names nobody unless the coalition chose to name people', () => {
    const content = withPage('Ask BEA LINDQVIST.');
    const names = ['Bea Lindqvist', 'Pia Novak'];
    expect(namesIn(content, names)).toEqual(['Bea Lindqvist']);
    expect(() => requireSharable(content, { names, mayBeNamed: false })).toThrow(
      'The texts name Bea Lindqvist',
    );
    expect(() => requireSharable(content, { names, mayBeNamed: true })).not.toThrow();
  });

  it('has one hash whatever the order of its fields, and another for another word', () => {
    const { title, ...rest } = withPage('We meet on Tuesdays.');
    expect(hashOfContent({ ...rest, title })).toBe(hashOfContent(withPage('We meet on Tuesdays.')));
    expect(hashOfContent(withPage('We meet on Mondays.'))).not.toBe(hashOfContent({ ...rest, title }));
  });
});

describe('what somebody asked to publish', () => {
  const asked = { state: 'asked', askedBy: 'a', askedByName: 'Ada', contentHash: 'same' };

  it('is published by somebody else', () => {
    expect(() => requireCheckable(asked, 'b')).not.toThrow();
    expect(() => requireCheckable(asked, 'a')).toThrow('somebody else must look at it');
    expect(() => requireCheckable(undefined, 'b')).toThrow('Nobody has asked');
  });

  it('is published only as it was looked at, and as it still is', () => {
    expect(() => requireSame(asked, { seen: 'same', now: 'same' })).not.toThrow();
    expect(() => requireSame(asked, { seen: 'other', now: 'same' })).toThrow('Look at it again');
    expect(() => requireSame(asked, { seen: 'same', now: 'other' })).toThrow('changed since Ada asked');
  });
});
