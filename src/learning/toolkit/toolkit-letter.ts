import { type RenderedLetter, renderLetter } from '../../platform/mail/letter.js';
import { instantText, plural } from '../../web/format.js';

/** An edition of a toolkit that waits for a second person. */
export interface EditionInLetter {
  coalition: string;
  timeZone: string;
  number: number;
  title: string;
  /** How many pages, goals, entries and decisions it shares. */
  shared: number;
  askedBy: string;
  askedAt: Date;
  url: string;
}

interface Reader {
  name: string;
  locale: string;
}

/** To who can publish it: what somebody else wants to share with everybody, and where they look at it. */
export function toolkitLetter(edition: EditionInLetter, reader: Reader, step: string): RenderedLetter {
  const { coalition, title, askedBy, shared, number } = edition;
  const isNew = step === 'asked';
  const things = plural(shared, 'thing');
  return renderLetter({
    subject: isNew ? `To be published: ${title}` : `Still waits to be published: ${title}`,
    greeting: `Dear ${reader.name},`,
    paragraphs: [
      `${askedBy} asks that ${coalition} shares “${title}” with everybody: ${things} that it has learnt or decided.`,
      'Nothing of it is public until somebody else has looked at it and publishes it, exactly as it is now.',
    ],
    facts: [
      ['Edition', `${number}`],
      ['Asked by', askedBy],
      ['Asked', instantText(edition.askedAt, edition.timeZone, reader.locale)],
    ],
    action: { label: 'Look at it and decide', url: edition.url },
    why: `You get this because you can publish what ${coalition} shares.`,
  });
}
