/** A piece of a text, and whether it is what was looked for. */
export interface Segment {
  text: string;
  isFound: boolean;
}

/** The characters between which the database marks what it found. They stand in no text: `folded` blanks them. */
export const foundFrom = '\u{E000}';
export const foundTo = '\u{E001}';

/**
 * What was found, in the text as it was written. The database marks the folded text, which is as long as the text
 * itself; what is said of one place holds of the other.
 * @returns the whole text unmarked, should the two not fit each other
 */
export function markFound(text: string, headline: string): Segment[] {
  const letters = [...text];
  const segments: Segment[] = [];
  let at = 0;
  for (const [index, part] of headline.split(/[\u{E000}\u{E001}]/u).entries()) {
    const length = [...part].length;
    if (length > 0)
      segments.push({ text: letters.slice(at, at + length).join(''), isFound: index % 2 === 1 });
    at += length;
  }
  return at === letters.length ? segments : [{ text, isFound: false }];
}

const around = 90;
const mostPieces = 3;

/** A few lines around what was found first; without a find, the beginning of the text. */
export function excerptOf(text: string, headline: string | null): Segment[] {
  const segments = headline === null ? [] : markFound(text, headline);
  if (!segments.some(({ isFound }) => isFound)) return [{ text: beginning(text), isFound: false }];
  const excerpt: Segment[] = [];
  let pieces = 0;
  for (const [index, segment] of segments.entries()) {
    if (segment.isFound) {
      excerpt.push(segment);
      pieces += 1;
      continue;
    }
    const isFirst = index === 0;
    const isLast = index === segments.length - 1 || pieces === mostPieces;
    excerpt.push({ text: shortened(segment.text, isFirst, isLast), isFound: false });
    if (pieces === mostPieces) break;
  }
  return excerpt;
}

/** Leaves out the middle of what stands between two finds, or the outer part of what stands before or after them. */
function shortened(text: string, isFirst: boolean, isLast: boolean): string {
  if (isFirst && isLast) return text;
  if (isFirst) return text.length <= around ? text : `… ${text.slice(-around).replace(/^\S*\s/, '')}`;
  if (isLast) return text.length <= around ? text : `${beginning(text, around)}`;
  if (text.length <= 2 * around) return text;
  return `${text.slice(0, around).replace(/\s\S*$/, '')} … ${text.slice(-around).replace(/^\S*\s/, '')}`;
}

function beginning(text: string, most = 220): string {
  return text.length <= most ? text : `${text.slice(0, most).replace(/\s\S*$/, '')} …`;
}
