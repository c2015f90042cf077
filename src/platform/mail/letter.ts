import { letterHtml } from './letter-html.js';
import type { Letter } from './letter-parts.js';
import { letterText } from './letter-text.js';

export type { Letter } from './letter-parts.js';

/** A letter as a mail carries it: the same content as HTML and as plain text. */
export interface RenderedLetter {
  subject: string;
  text: string;
  html: string;
}

/** Writes a letter both ways. Whatever it quotes is escaped. */
export function renderLetter(letter: Letter): RenderedLetter {
  // A subject is a header: it has one line.
  const subject = letter.subject.replace(/\s+/g, ' ').trim();
  return { subject, text: letterText(letter), html: letterHtml({ ...letter, subject }) };
}
