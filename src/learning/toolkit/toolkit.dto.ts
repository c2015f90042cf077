import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import type { Day } from '../../maths/day.js';
import { Shown, ShownDay, ShownId, ShownInstant } from '../../platform/http/answers.js';
import { Choice, Flag, Id, Nested, Text } from '../../platform/http/fields.js';
import { editionStates, type EditionState } from './toolkit-edition.entity.js';
import { type ToolkitItemKind, toolkitItemKinds } from './toolkit-item.entity.js';

/** Something to share: a goal, an entry or a decision by its id, or a page with its title and text. */
export class ToolkitItemInput {
  @Choice(toolkitItemKinds) kind!: ToolkitItemKind;
  @Id({ optional: true, description: 'Of what is not a page' }) id?: string | null;
  @Text({ optional: true, max: 200, description: 'Of a page' }) title?: string | null;
  @Text({
    ...{ optional: true, max: 20_000 },
    description: 'Of a page: `## heading`, `- item`, `**strong**`, `[label](https://…)`',
  })
  body?: string | null;
}

/** Chooses what is shared. The public sees none of it before two people have published it. */
export class PrepareToolkit {
  @Text({ max: 60, example: 'harbour-towns', description: 'The last part of its public address' })
  @Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
    message: '$property holds small letters, digits and single hyphens between them',
  })
  @Matches(/^.{3,}$/, { message: '$property needs 3 characters at least' })
  slug!: string;
  @Text({ max: 200, example: 'How we work together for early years' }) title!: string;
  @Text({ optional: true, max: 2_000 }) introduction?: string | null;
  @Flag({ description: 'Whether who wrote an entry is told' }) namesPeople!: boolean;
  @Nested(() => ToolkitItemInput, { many: true, least: 0, most: 200 }) items!: ToolkitItemInput[];
}

export class PublishToolkit {
  @Text({ max: 64, description: '`contentHash` of what was asked for, as it was looked at' })
  contentHash!: string;
}

export class EndToolkit {
  @Text({ max: 500, example: 'One of the pages has to be put right.' }) reason!: string;
}

export class ToolkitItemAnswer {
  @Shown({ enum: toolkitItemKinds }) kind!: ToolkitItemKind;
  @ShownId({ nullable: true }) id!: string | null;
  @Shown() title!: string;
  @Shown({ type: String, nullable: true, description: 'Of a page' }) body!: string | null;
}

export class ToolkitEditionAnswer {
  @Shown({ type: 'integer' }) number!: number;
  @Shown() slug!: string;
  @Shown() contentHash!: string;
  @Shown({ enum: editionStates }) state!: EditionState;
  @Shown() askedBy!: string;
  @ShownInstant() askedAt!: string;
  @Shown({ type: String, nullable: true, description: 'Who published or refused it' }) decidedBy!:
    string | null;
  @ShownInstant({ nullable: true }) decidedAt!: string | null;
  @ShownInstant({ nullable: true, description: 'When it was replaced, or taken off' }) endedAt!:
    string | null;
  @Shown({ type: String, nullable: true }) reason!: string | null;
}

export class ToolkitAnswer {
  @ShownId() coalitionId!: string;
  @Shown() slug!: string;
  @Shown() title!: string;
  @Shown() introduction!: string;
  @Shown() namesPeople!: boolean;
  @ApiProperty({ type: [ToolkitItemAnswer] }) items!: ToolkitItemAnswer[];
  @ApiProperty({ type: ToolkitEditionAnswer, nullable: true, description: 'What waits for a second person' })
  asked!: ToolkitEditionAnswer | null;
  @ApiProperty({ type: ToolkitEditionAnswer, nullable: true, description: 'What the public sees' })
  published!: ToolkitEditionAnswer | null;
  @Shown({ description: 'Whether what was published is what would be published now' }) isCurrent!: boolean;
  @Shown({ type: 'integer', description: '0 before anything was prepared' }) version!: number;
}

class SharedPageAnswer {
  @Shown() title!: string;
  @Shown() body!: string;
}
class SharedValueAnswer {
  @ShownDay() on!: Day;
  @Shown({ description: 'A plain decimal' }) value!: string;
}
class SharedReadingAnswer extends SharedValueAnswer {
  @Shown({ description: 'The period' }) label!: string;
}
class SharedBandAnswer {
  @Shown() atLeastPercentOfTarget!: string;
  @Shown({ enum: ['green', 'amber', 'red'] }) colour!: 'green' | 'amber' | 'red';
}
class SharedCurveAnswer {
  @Shown() name!: string;
  @Shown() definition!: string;
  @Shown() unit!: string;
  @Shown({ type: 'integer' }) places!: number;
  @Shown({ enum: ['up', 'down'], description: 'Where it should go' }) polarity!: 'up' | 'down';
  @ApiProperty({ type: [SharedBandAnswer] }) bands!: readonly SharedBandAnswer[];
  @ApiProperty({ type: [SharedReadingAnswer] }) readings!: readonly SharedReadingAnswer[];
  @ApiProperty({ type: SharedValueAnswer, nullable: true }) baseline!: SharedValueAnswer | null;
  @ApiProperty({ type: [SharedValueAnswer] }) target!: readonly SharedValueAnswer[];
  @ApiProperty({ type: [SharedValueAnswer] }) forecast!: readonly SharedValueAnswer[];
  @ApiProperty({ type: [SharedValueAnswer] }) continuation!: readonly SharedValueAnswer[];
}
class SharedGoalAnswer {
  @Shown() name!: string;
  @Shown() description!: string;
  @ShownDay() horizonOn!: Day;
  @ApiProperty({ type: [SharedCurveAnswer] }) curves!: SharedCurveAnswer[];
}
class SharedEntryAnswer {
  @Shown() title!: string;
  @ShownDay() happenedOn!: Day;
  @Shown() action!: string;
  @Shown() observation!: string;
  @Shown() reflection!: string;
  @Shown() nextStep!: string;
  @Shown({ type: [String] }) tags!: string[];
  @Shown({ type: String, nullable: true }) author!: string | null;
}
class SharedDecisionAnswer {
  @Shown() reference!: string;
  @Shown() title!: string;
  @Shown() motion!: string;
  @Shown({ enum: ['passed', 'failed'] }) outcome!: 'passed' | 'failed';
  @ShownDay() decidedOn!: Day;
}

/** A toolkit as everybody may read it. */
export class PublishedToolkitAnswer {
  @Shown() coalition!: string;
  @Shown() title!: string;
  @Shown() introduction!: string;
  @ApiProperty({ type: [SharedPageAnswer] }) pages!: SharedPageAnswer[];
  @ApiProperty({ type: [SharedGoalAnswer] }) goals!: SharedGoalAnswer[];
  @ApiProperty({ type: [SharedEntryAnswer] }) entries!: SharedEntryAnswer[];
  @ApiProperty({ type: [SharedDecisionAnswer] }) decisions!: SharedDecisionAnswer[];
  @ShownInstant() publishedAt!: string;
}
