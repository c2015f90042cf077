import anyAscii from 'any-ascii';
import { createRequire } from 'node:module';
import pdfDocument, { type Font } from 'pdfmake/js/PDFDocument.js';

const file = (style: string): string =>
  createRequire(import.meta.url).resolve(`pdfmake/fonts/Roboto/Roboto-${style}.ttf`);

/** The typeface of PDFs and of pictures in mails: whole and on disk, so that they look the same on every machine. */
export const roboto = {
  normal: file('Regular'),
  bold: file('Medium'),
  italics: file('Italic'),
  bolditalics: file('MediumItalic'),
};

let known: Font | undefined;

const has = (character: string): boolean => {
  known ??= new pdfDocument.default({ roboto }, {}, {}, {}, { autoFirstPage: false, font: null }).provideFont(
    ...(['roboto', false, false] as const),
  );
  return known.font.hasGlyphForCodePoint(character.codePointAt(0)!);
};

/** Text in which each letter that the typeface lacks is written in Latin ones. Markup stays markup. */
export const drawable = (text: string): string =>
  text.replace(/[^\u0000-\u007f]/gu, (character) =>
    has(character) ? character : anyAscii(character).replace(/[<>&"]/g, ''),
  );
