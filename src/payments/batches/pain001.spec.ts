import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { endToEndId } from './end-to-end-id.js';
import { type PainBatch, pain001, painFormats, type PainFormat } from './pain001.js';

const standards = '../shared/standards/iso20022';
const areThere = existsSync(`${standards}/pain.001.001.09.xsd`);

const batch: PainBatch = {
  messageId: '0193A5C27F1E7C3A9B5D2E4F6A8B0C1D',
  createdAt: new Date('2026-11-24T09:00:00Z'),
  executionOn: '2026-11-27',
  currency: 'EUR',
  debtor: { name: 'Fördefonds', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
  transfers: [
    {
      endToEndId: endToEndId('0193a5c2-7f1e-7c3a-9b5d-2e4f6a8b0c1e'),
      amount: 1_250_50n,
      creditor: { name: 'Stream Youth Work', iban: 'BE68539007547034', bic: null },
      remittance: 'G-1 instalment 2 “Core support”',
    },
    {
      endToEndId: endToEndId('0193a5c2-7f1e-7c3a-9b5d-2e4f6a8b0c1f'),
      amount: 49_50n,
      creditor: { name: 'Hill & Vale', iban: 'GB82WEST12345698765432', bic: 'WESTGB2L' },
      remittance: 'G-2 instalment 1',
    },
  ],
};

/** What libxml2 says against a file, by the schema of its format; nothing when it is valid. */
function complaint(format: PainFormat, xml: string): string | null {
  const schema = XmlDocument.fromBuffer(readFileSync(`${standards}/${format}.xsd`));
  const validator = XsdValidator.fromDoc(schema);
  const document = XmlDocument.fromString(xml);
  try {
    validator.validate(document);
    return null;
  } catch (error) {
    return String(error);
  } finally {
    document.dispose();
    validator.dispose();
    schema.dispose();
  }
}

const inside = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`, 'g'))].map(([, text]) => text!);

describe('a payment file', () => {
  it('counts its transfers and sums them, in the header and in the block', () => {
    const xml = pain001('pain.001.001.09', batch);
    expect(inside(xml, 'NbOfTxs')).toEqual(['2', '2']);
    expect(inside(xml, 'CtrlSum')).toEqual(['1300.00', '1300.00']);
    expect(inside(xml, 'InstdAmt')).toEqual(['1250.50', '49.50']);
  });

  it('names each payment, who is paid, and for what, in characters that banks take', () => {
    const xml = pain001('pain.001.001.03', batch);
    expect(inside(xml, 'EndToEndId')).toEqual([
      '0193A5C27F1E7C3A9B5D2E4F6A8B0C1E',
      '0193A5C27F1E7C3A9B5D2E4F6A8B0C1F',
    ]);
    expect(inside(xml, 'Nm')).toEqual(['Fordefonds', 'Fordefonds', 'Stream Youth Work', 'Hill + Vale']);
    expect(inside(xml, 'Ustrd')[0]).toBe('G-1 instalment 2 &apos;Core support&apos;');
  });

  it('writes the day and the banks as each version wants them', () => {
    expect(pain001('pain.001.001.09', batch)).toContain('<Dt>2026-11-27</Dt>');
    expect(pain001('pain.001.001.09', batch)).toContain('<BICFI>WESTGB2L</BICFI>');
    expect(pain001('pain.001.001.03', batch)).toContain('<ReqdExctnDt>2026-11-27</ReqdExctnDt>');
    expect(pain001('pain.001.001.03', batch)).toContain('<BIC>WESTGB2L</BIC>');
  });

  it('writes amounts with the digits of their currency', () => {
    const yen = { ...batch, currency: 'JPY' };
    expect(inside(pain001('pain.001.001.09', yen), 'CtrlSum')[0]).toBe('130000');
    expect(pain001('pain.001.001.09', yen)).not.toContain('SEPA');
  });

  it('is the same bytes whenever it is written', () => {
    expect(pain001('pain.001.001.09', batch)).toBe(pain001('pain.001.001.09', structuredClone(batch)));
  });
});

const withSchemas = areThere ? describe : describe.skip;

withSchemas('by the schemas of ISO 20022 (skipped where they do not lie beside the repository)', () => {
  it.each(painFormats)('a file of %s is valid', (format) => {
    expect(complaint(format, pain001(format, batch))).toBeNull();
    const debtor = { ...batch.debtor, bic: null };
    expect(complaint(format, pain001(format, { ...batch, currency: 'GBP', debtor }))).toBeNull();
  });

  it('a file with a control sum that is no number is not', () => {
    const wrong = pain001('pain.001.001.09', batch).replace('1300.00', 'a lot');
    expect(complaint('pain.001.001.09', wrong)).toContain('CtrlSum');
  });

  it('a file is valid whatever people are called and write', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(
        fc.constantFrom(...painFormats),
        anyText,
        anyText,
        fc.bigInt({ min: 1n, max: 10n ** 14n }),
        (format, name, remittance, amount) => {
          const [first] = batch.transfers;
          const transfer = { ...first!, amount, remittance, creditor: { ...first!.creditor, name } };
          expect(complaint(format, pain001(format, { ...batch, transfers: [transfer] }))).toBeNull();
        },
      ),
      { numRuns: 60 },
    );
  });
});
