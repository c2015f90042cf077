import { describe, expect, it } from '@jest/globals';
import { element, xmlDocument } from './xml.js';

describe('an XML document', () => {
  it('escapes what it quotes, and leaves out what is null', () => {
    const root = element('Note', [
      element('To', `Smith & "Sons" <O'Neil>`),
      null,
      element('Amt', '5.00', { Ccy: 'E"UR' }),
    ]);
    expect(xmlDocument(root)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<Note>\n' +
        '  <To>Smith &amp; &quot;Sons&quot; &lt;O&apos;Neil&gt;</To>\n' +
        '  <Amt Ccy="E&quot;UR">5.00</Amt>\n' +
        '</Note>\n',
    );
  });
});
