import { ApiProperty } from '@nestjs/swagger';
import { FoundSegmentAnswer } from '../../learning/entries/learning-entry.dto.js';
import { Shown, ShownId } from '../../platform/http/answers.js';
import { Choice, Text } from '../../platform/http/fields.js';
import { ListQuery } from '../../platform/http/list.js';

export const foundKinds = [
  'grant',
  'bond',
  'goal',
  'indicator',
  'measure',
  'decision',
  'learningEntry',
  'organisation',
] as const;
export type FoundKind = (typeof foundKinds)[number];

export class SearchQuery extends ListQuery {
  @Text({
    ...{ optional: true, max: 200, example: 'school hall' },
    description:
      'Words to find, in any of their forms; "together" in quotes; -without; or; a part of a title',
  })
  q?: string;
  @Choice(foundKinds, { optional: true }) kind?: FoundKind;
}

export class FoundAnswer {
  @ShownId() id!: string;
  @Shown({ enum: foundKinds }) kind!: FoundKind;
  @Shown() title!: string;
  @ApiProperty({ type: [FoundSegmentAnswer], description: 'The title, with what was found marked' })
  foundTitle!: FoundSegmentAnswer[];
  @ApiProperty({ type: [FoundSegmentAnswer], description: 'A few lines, with what was found marked' })
  excerpt!: FoundSegmentAnswer[];
}
