import { type RenderedLetter, renderLetter } from '../../platform/mail/letter.js';
import { dayText, plural } from '../../web/format.js';
import { dayInZone } from '../../maths/day.js';
import type { Rhythm } from '../../platform/mail/digests.js';

/** What one person is told of in one mail. */
export interface DigestMatter {
  coalition: string;
  timeZone: string;
  rhythm: Rhythm;
  /** The oldest first. */
  items: { subject: string; createdAt: Date }[];
  /** Of the inbox. */
  url: string;
}

export interface DigestReader {
  name: string;
  locale: string;
}

/** One mail instead of many: the subject of each, and where they can be read. */
export function digestLetter(matter: DigestMatter, { name, locale }: DigestReader): RenderedLetter {
  const { coalition, timeZone, rhythm, items, url } = matter;
  const count = plural(items.length, 'notice');
  return renderLetter({
    subject: `${coalition}: ${count} ${rhythm === 'daily' ? 'today' : 'this week'}`,
    preheader: items
      .map(({ subject }) => subject)
      .join(' · ')
      .slice(0, 140),
    greeting: `Dear ${name},`,
    paragraphs: [`Since the last digest ${coalition} has written you ${count}.`],
    table: {
      headings: ['About', 'Written'],
      rows: items.map(({ subject, createdAt }) => [subject, dayText(dayInZone(createdAt, timeZone), locale)]),
    },
    action: { label: 'Read them in your inbox', url },
    why: 'You get this because you asked for digests. What cannot wait is sent at once all the same; both can be changed under “How I hear of things”.',
  });
}
