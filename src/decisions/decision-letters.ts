import type { Day } from '../maths/day.js';
import { type RenderedLetter, renderLetter } from '../platform/mail/letter.js';
import { dayText } from '../web/format.js';
import { referenceOf, ruleWords, type VotingRule } from './decision.rules.js';

/** The motion that a letter is about. */
export interface MotionInLetter {
  coalition: string;
  number: number;
  title: string;
  motion: string;
  rule: VotingRule;
  quorumPercent: number;
  closesOn: Day;
  url: string;
}

interface Reader {
  name: string;
  locale: string;
}

/** The vote is open: what it is about, how it is carried, and until when. */
export function openLetter(motion: MotionInLetter, reader: Reader): RenderedLetter {
  const until = dayText(motion.closesOn, reader.locale);
  return letter(motion, reader, `${motion.coalition} votes until ${until}: ${motion.title}`, [
    `${motion.coalition} asks for your vote on ${referenceOf(motion.number)}, “${motion.title}”, until the end of ${until}.`,
    motion.motion,
    'If you have an interest in what it decides, say so on its page instead: then you count in neither votes nor quorum.',
  ]);
}

/** To who has not voted yet. */
export function reminderLetter(motion: MotionInLetter, reader: Reader): RenderedLetter {
  const until = dayText(motion.closesOn, reader.locale);
  return letter(motion, reader, `Your vote is missing until ${until}: ${motion.title}`, [
    `You have not voted yet on ${referenceOf(motion.number)}, “${motion.title}”. The vote is open until the end of ${until}.`,
    'Who abstains counts to the quorum; who does not vote does not.',
  ]);
}

const letter = (
  motion: MotionInLetter,
  reader: Reader,
  subject: string,
  paragraphs: string[],
): RenderedLetter =>
  renderLetter({
    subject,
    greeting: `Dear ${reader.name},`,
    paragraphs,
    facts: [
      ['Decision', referenceOf(motion.number)],
      ['Open until', dayText(motion.closesOn, reader.locale)],
      ['Carried by', ruleWords[motion.rule]],
      ['Quorum', `${motion.quorumPercent} %`],
    ],
    action: { label: 'Read and vote', url: motion.url },
    why: `You get this because you have a vote in ${motion.coalition}.`,
  });
