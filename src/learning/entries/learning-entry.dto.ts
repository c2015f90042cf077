import { ApiProperty, PartialType } from '@nestjs/swagger';
import type { Day } from '../../maths/day.js';
import { Shown, ShownDay, ShownId, ShownInstant } from '../../platform/http/answers.js';
import { CalendarDay, Choice, Id, Nested, Text, Texts } from '../../platform/http/fields.js';
import { ListQuery } from '../../platform/http/list.js';
import { linkKindNames } from '../link-kinds.js';
import { excerptOf, markFound, type Segment } from './excerpt.js';

/** Something of the coalition that an entry is about. */
export class LearningLinkInput {
  @Choice(linkKindNames, { example: 'goal' }) kind!: string;
  @Id() id!: string;
}

/** Writes down what was done, what was seen of it, what one makes of that, and what one does next. */
export class WriteLearningEntry {
  @Text({ max: 200, example: 'Parents come when the door is already open' }) title!: string;
  @Text({
    max: 8_000,
    description: 'What we did',
    example: 'We moved the Tuesday group from the clinic to the school hall.',
  })
  action!: string;
  @Text({ max: 8_000, description: 'What we saw', example: 'Twice as many came, and half of them were new.' })
  observation!: string;
  @Text({ optional: true, max: 8_000, description: 'What we make of it' }) reflection?: string | null;
  @Text({ optional: true, max: 8_000, description: 'What we do next' }) nextStep?: string | null;
  @CalendarDay({ optional: true, description: 'When it was; today, if left out' }) happenedOn?: Day | null;
  @Texts({ optional: true, most: 10, max: 40, example: ['outreach'], description: 'Words to find it by' })
  tags?: string[];
  @Nested(() => LearningLinkInput, {
    ...{ optional: true, many: true, least: 0, most: 20 },
    description: 'What it is about. Of a change: all of them; those that one may not see stay',
  })
  links?: LearningLinkInput[];
}

/** What is not named stays as it is. What it said before is kept. */
export class ChangeLearningEntry extends PartialType(WriteLearningEntry, { skipNullProperties: false }) {}

export class WithdrawLearningEntry {
  @Text({ max: 500, example: 'It was another group that moved.', description: 'It stays with the entry' })
  reason!: string;
}

export class LearningEntriesQuery extends ListQuery {
  @Text({
    ...{ optional: true, max: 200, example: '"school hall" parents -clinic' },
    description: 'Words to find, in any of their forms; "together" in quotes; -without; or',
  })
  q?: string;
  @Text({ optional: true, max: 40 }) tag?: string;
  @Choice(linkKindNames, { optional: true, description: 'Linked to one of this kind' }) linkKind?: string;
  @Id({ optional: true, description: 'Linked to exactly this, of the kind `linkKind`' }) linkId?: string;
  @Id({ optional: true }) authorId?: string;
  @CalendarDay({ optional: true, description: 'It was on this day or later' }) from?: Day;
  @CalendarDay({ optional: true, description: 'It was on this day or earlier' }) to?: Day;
  @Choice(['standing', 'withdrawn', 'all'], { optional: true, description: '`standing`, if left out' })
  state?: string;
}

export class LearningLinkAnswer {
  @Shown({ enum: linkKindNames }) kind!: string;
  @ShownId() id!: string;
  @Shown({ example: 'Ready for school' }) title!: string;
}

export class FoundSegmentAnswer implements Segment {
  @Shown() text!: string;
  @Shown({ description: 'Whether it is what was looked for' }) isFound!: boolean;
}

export class LearningEntryAnswer {
  @ShownId() id!: string;
  @ShownId() coalitionId!: string;
  @ShownDay() happenedOn!: Day;
  @Shown() title!: string;
  @Shown({ description: 'What we did' }) action!: string;
  @Shown({ description: 'What we saw' }) observation!: string;
  @Shown({ description: 'What we make of it' }) reflection!: string;
  @Shown({ description: 'What we do next' }) nextStep!: string;
  @Shown({ type: [String] }) tags!: string[];
  @ShownId() authorId!: string;
  @Shown() author!: string;
  @ShownInstant({ description: 'When it was last written' }) writtenAt!: string;
  @ApiProperty({ type: [LearningLinkAnswer], description: 'What it is about, of what the reader may see' })
  links!: LearningLinkAnswer[];
  @ShownInstant({ nullable: true }) withdrawnAt!: string | null;
  @Shown({ type: String, nullable: true }) withdrawnReason!: string | null;
  @Shown({ type: 'integer' }) version!: number;
}

/** An entry of a list, with what was found in it. */
export class FoundLearningEntryAnswer extends LearningEntryAnswer {
  @ApiProperty({ type: [FoundSegmentAnswer], description: 'Its title, with what was found marked' })
  foundTitle!: FoundSegmentAnswer[];
  @ApiProperty({ type: [FoundSegmentAnswer], description: 'A few lines, with what was found marked' })
  excerpt!: FoundSegmentAnswer[];
}

export class LearningEntryVersionAnswer {
  @ShownId() id!: string;
  @Shown({ type: 'integer' }) version!: number;
  @ShownDay() happenedOn!: Day;
  @Shown() title!: string;
  @Shown() action!: string;
  @Shown() observation!: string;
  @Shown() reflection!: string;
  @Shown() nextStep!: string;
  @Shown({ type: [String] }) tags!: string[];
  @Shown() writtenBy!: string;
  @ShownInstant() writtenAt!: string;
}

/** An entry as it is read from the database, with its texts as the database marked them. */
export interface LearningEntryRow extends Omit<LearningEntryAnswer, 'writtenAt' | 'withdrawnAt'> {
  writtenAt: Date;
  withdrawnAt: Date | null;
  markedTitle: string | null;
  markedWords: string | null;
}

export function toLearningEntryAnswer(row: LearningEntryRow): LearningEntryAnswer {
  const { markedTitle: _, markedWords: __, writtenAt, withdrawnAt, ...rest } = row;
  return {
    ...rest,
    writtenAt: writtenAt.toISOString(),
    withdrawnAt: withdrawnAt?.toISOString() ?? null,
  };
}

export function toFoundEntryAnswer(row: LearningEntryRow): FoundLearningEntryAnswer {
  const { title, action, observation, reflection, nextStep, markedTitle, markedWords } = row;
  const words = [action, observation, reflection, nextStep].join('\n');
  return {
    ...toLearningEntryAnswer(row),
    foundTitle: markedTitle === null ? [{ text: title, isFound: false }] : markFound(title, markedTitle),
    excerpt: excerptOf(markedWords === null ? observation : words, markedWords),
  };
}
