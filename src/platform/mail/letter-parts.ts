/** What a letter says, before anybody decides how it looks. Everything is plain text. */
export interface Letter {
  subject: string;
  /** What a mail client shows beside the subject; by default the first paragraph. */
  preheader?: string;
  /** "Dear Ana," */
  greeting: string;
  paragraphs: string[];
  /** Single figures, dates and names, one under the other. */
  facts?: [label: string, value: string][];
  picture?: LetterPicture;
  table?: LetterTable;
  /** What to do next, as a button. */
  action?: { label: string; url: string };
  /** Addresses below the button, each with what it leads to. */
  links?: { label: string; url: string }[];
  closing?: string;
  /** Why the reader gets this: the small print at the foot. */
  why: string;
}

export interface LetterTable {
  title?: string;
  headings: string[];
  rows: string[][];
  /** Columns, from 0, that hold figures: aligned right. */
  numeric?: number[];
  /** Whether the last row is the sum of those above. */
  isSummed?: boolean;
}

/** A picture in the letter: one of the mail's files. */
export interface LetterPicture {
  fileName: string;
  title: string;
  /** What it shows, for who does not see it. */
  description: string;
}
