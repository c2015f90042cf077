import { minorDigits } from '../../../maths/money.js';

/** How a cell looks. What is left out is as usual. */
export interface Look {
  /** A number format as spreadsheets write it. */
  format?: string;
  font?: keyof typeof fonts;
  /** A heading has a line under it, a total one above. */
  line?: 'under' | 'above';
  tint?: boolean;
  wraps?: boolean;
  side?: 'left' | 'right';
}

const fonts = {
  plain: '<font><sz val="11"/><color rgb="FF172322"/><name val="Calibri"/><family val="2"/></font>',
  bold: '<font><b/><sz val="11"/><color rgb="FF172322"/><name val="Calibri"/><family val="2"/></font>',
  heading: '<font><b/><sz val="13"/><color rgb="FF0D635D"/><name val="Calibri"/><family val="2"/></font>',
  title: '<font><b/><sz val="20"/><color rgb="FF0D635D"/><name val="Calibri"/><family val="2"/></font>',
  quiet: '<font><sz val="11"/><color rgb="FF566766"/><name val="Calibri"/><family val="2"/></font>',
} as const;

const borders = {
  none: '<border><left/><right/><top/><bottom/><diagonal/></border>',
  under:
    '<border><left/><right/><top/><bottom style="thin"><color rgb="FF0D635D"/></bottom><diagonal/></border>',
  above:
    '<border><left/><right/><top style="thin"><color rgb="FF0D635D"/></top><bottom/><diagonal/></border>',
} as const;

const moneyFormats = new Map<string, string>();

/** "1,250.00 EUR", with the digits that the currency has. */
export function moneyFormat(currency: string): string {
  const known = moneyFormats.get(currency);
  if (known !== undefined) return known;
  const digits = minorDigits(currency);
  const number = digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`;
  const format = `${number}\\ [$${currency}];\\-${number}\\ [$${currency}]`;
  moneyFormats.set(currency, format);
  return format;
}

/** Text is marked as such: typed anew, "=1+1" stays text too. */
export const textFormat = '@';
export const dayFormat = 'yyyy\\-mm\\-dd';
export const instantFormat = 'yyyy\\-mm\\-dd\\ hh:mm:ss';
export const percentFormat = '0.0##%';
export const countFormat = '#,##0';

/** The looks that a workbook has, numbered as cells name them. */
export class Looks {
  private readonly formats = new Map<string, number>();
  private readonly numbers = new Map<string, number>();
  private readonly plain = new Map<string | undefined, number>();
  private readonly cells: string[] = [];

  constructor() {
    this.number({});
  }

  /** The look of a cell that differs in nothing but its format: what nearly all cells are. */
  ofFormat(format: string | undefined): number {
    const known = this.plain.get(format);
    if (known !== undefined) return known;
    const number = this.number({ format });
    this.plain.set(format, number);
    return number;
  }

  number(look: Look): number {
    const key = `${look.format}|${look.font}|${look.line}|${look.tint}|${look.wraps}|${look.side}`;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.cells.length;
    this.numbers.set(key, number);
    this.cells.push(this.cell(look));
    return number;
  }

  xml(): string {
    const formats = [...this.formats].map(
      ([code, id]) => `<numFmt numFmtId="${id}" formatCode="${code.replaceAll('"', '&quot;')}"/>`,
    );
    return [
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
      '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
      formats.length > 0 ? `<numFmts count="${formats.length}">${formats.join('')}</numFmts>` : '',
      counted('fonts', Object.values(fonts)),
      counted('fills', [
        '<fill><patternFill patternType="none"/></fill>',
        '<fill><patternFill patternType="gray125"/></fill>',
        '<fill><patternFill patternType="solid"><fgColor rgb="FFE8F2F0"/><bgColor indexed="64"/></patternFill></fill>',
      ]),
      counted('borders', Object.values(borders)),
      counted('cellStyleXfs', ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>']),
      counted('cellXfs', this.cells),
      counted('cellStyles', ['<cellStyle name="Normal" xfId="0" builtinId="0"/>']),
      '</styleSheet>',
    ].join('');
  }

  private cell({ format, font = 'plain', line, tint, wraps, side }: Look): string {
    const place = [
      ...(side ? [`horizontal="${side}"`] : []),
      ...(wraps ? ['vertical="top" wrapText="1"'] : []),
    ];
    return [
      `<xf numFmtId="${this.formatId(format)}" fontId="${Object.keys(fonts).indexOf(font)}" fillId="${tint ? 2 : 0}"`,
      ` borderId="${Object.keys(borders).indexOf(line ?? 'none')}" xfId="0" applyNumberFormat="1" applyFont="1"`,
      ` applyFill="1" applyBorder="1"`,
      place.length > 0 ? ` applyAlignment="1"><alignment ${place.join(' ')}/></xf>` : '/>',
    ].join('');
  }

  /** Of the formats that every spreadsheet knows by number, only these two are used. */
  private formatId(format: string | undefined): number {
    if (format === undefined) return 0;
    if (format === textFormat) return 49;
    const id = this.formats.get(format) ?? 164 + this.formats.size;
    this.formats.set(format, id);
    return id;
  }
}

const counted = (tag: string, parts: readonly string[]): string =>
  `<${tag} count="${parts.length}">${parts.join('')}</${tag}>`;
