import { type Day, daysBetween } from '../../maths/day.js';
import { type RenderedLetter, renderLetter } from '../../platform/mail/letter.js';
import { dayText, plural } from '../../web/format.js';

/** What is to be read. */
export interface ReadingInLetter {
  name: string;
  /** "indicator" or "performance measure". */
  word: string;
  goal: string;
  unit: string;
  periodKey: string;
  dueOn: Day;
  /** Where it usually comes from; empty where that is not known. */
  source: string;
  /** Where it is written down. */
  url: string;
}

/** To whoever is responsible for a reading; once it is late, to the backbone too. */
export function readingLetter(
  reading: ReadingInLetter,
  reader: { name: string; locale: string },
  today: Day,
): RenderedLetter {
  const { name, word, goal, periodKey, source } = reading;
  const due = dayText(reading.dueOn, reader.locale);
  const days = daysBetween(today, reading.dueOn);
  const when =
    days < 0
      ? `was due on ${due}, ${plural(-days, 'day')} ago`
      : `is due on ${due}, ${days === 0 ? 'today' : `in ${plural(days, 'day')}`}`;
  return renderLetter({
    subject: days < 0 ? `${name}: ${periodKey} was due on ${due}` : `${name}: ${periodKey} is due on ${due}`,
    greeting: `Dear ${reader.name},`,
    paragraphs: [
      `The reading of the ${word} “${name}” for ${periodKey} ${when}. It belongs to the goal “${goal}”.`,
      'If the figure is not known yet, nothing is to be guessed: write it down when it is.',
    ],
    facts: [
      ['Period', periodKey],
      ['Due', due],
      ['In', reading.unit],
      ...(source ? [['Usual source', source] as [string, string]] : []),
    ],
    action: { label: 'Write down the reading', url: reading.url },
    why: `You get this because you are responsible for this ${word}, or run the coalition.`,
  });
}
