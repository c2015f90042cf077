import anyAscii from 'any-ascii';

const OUTSIDE_THE_SET = /[^A-Za-z0-9/\-?:().,'+ ]/g;

/** What anyAscii writes that banks do not take, in characters they do. */
const replaced: Readonly<Record<string, string>> = {
  ...{ '&': '+', _: '-', '"': "'", '`': "'", '[': '(', ']': ')', '{': '(', '}': ')', '~': '-', '=': '-' },
  ...{ ';': ',', '!': '.', '@': '(at)', '#': 'No.', '%': ' per cent', '*': '.', '|': '/', '\\': '/' },
  ...{ '<': '(', '>': ')', $: 'USD' },
};

/**
 * A text in the characters that every bank of the SEPA scheme takes (EPC217-08): Latin letters, digits, the blank and
 * / - ? : ( ) . , ' +. Other scripts and accents are transliterated; no slash stands first, last or twice.
 *
 * @param most how many characters the field holds; what is longer is cut
 */
export function bankText(text: string, most: number): string {
  const ascii = anyAscii(text.replace(/€/g, 'EUR ').replace(/£/g, 'GBP '))
    .replace(/[&_"`[\]{}~=;!@#%*|\\<>$]/g, (character) => replaced[character]!)
    .replace(OUTSIDE_THE_SET, ' ')
    .replace(/\/{2,}/g, '/')
    .replace(/ {2,}/g, ' ');
  return trimmed(trimmed(ascii).slice(0, most)) || '.';
}

const trimmed = (text: string): string => text.replace(/^[ /]+|[ /]+$/g, '');
