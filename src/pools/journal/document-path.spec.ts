import { describe, expect, it } from '@jest/globals';
import { documentPath, entryKindText } from './document-path.js';

describe('the kind of an entry', () => {
  it.each([
    ['contribution.received', 'Contribution received'],
    ['contribution.received.reversed', 'Contribution received, reversed'],
    ['pledge.writtenOff', 'Pledge written off'],
    ['correction', 'Correction'],
  ])('%s reads as %s', (kind, text) => {
    expect(entryKindText(kind)).toBe(text);
  });
});

describe('the document of an entry', () => {
  it('is found on its page, or not at all', () => {
    expect(documentPath('disbursement', '7')).toBe('/disbursements/7');
    expect(documentPath('unknown', '7')).toBeUndefined();
  });
});
