import { ApiProperty } from '@nestjs/swagger';
import {
  type MoneyAnswer,
  moneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownInstant,
  ShownMoney,
} from '../../platform/http/answers.js';
import { Amount, CalendarDay, Choice, Id, Nested, Text } from '../../platform/http/fields.js';
import { instalmentStates, OverheadAnswer, toOverheadAnswer } from '../grant.dto.js';
import { amendmentKinds, isOpen, type PlanLine } from './amendment.rules.js';
import type { GrantVersion } from './amendments.read.js';
import type { WorkedOut } from './amendments.service.js';
import { AmendedTriggerInput, toTriggerAnswer, TriggerAnswer } from '../triggers/trigger.dto.js';
import { grantVersionStates } from './grant-version.entity.js';

export class AmendedInstalmentInput {
  @CalendarDay({
    optional: true,
    example: '2029-01-31',
    description: 'The day agreed; it is paid on a business day',
  })
  dueOn?: string;
  @Nested(() => AmendedTriggerInput, {
    optional: true,
    description: 'Instead of on a day it falls due after a condition of the grant that is open',
  })
  after?: AmendedTriggerInput;
  @Amount({ example: '25000.00', description: 'Uplift included' }) amount!: string;
  @Amount({ optional: true, example: '0.00', description: 'Of the amount, uplift' }) uplift?: string;
}

/** Asks for an amendment. What is left out stays as it is. */
export class AskAmendment {
  @Choice(amendmentKinds) kind!: string;
  @Text({ max: 500, example: 'The second cohort starts half a year later' }) reason!: string;
  @CalendarDay({ optional: true, example: '2032-06-30', description: 'When the term is to end' })
  endOn?: string;
  @Amount({
    optional: true,
    example: '550000.00',
    description: 'The whole new award; without instalments the difference is shared over what is unpaid',
  })
  award?: string;
  @Nested(() => AmendedInstalmentInput, {
    optional: true,
    many: true,
    least: 0,
    most: 240,
    description: 'All that is to be paid from now on, instead of what is unpaid',
  })
  instalments?: AmendedInstalmentInput[];
  @Id({
    optional: true,
    description: 'The decision that passed for it; it is used when the amendment is approved',
  })
  decisionId?: string;
}

export class PlanLineAnswer {
  @Shown({ type: 'integer' }) number!: number;
  @ShownDay({ description: 'Before the business-day rule' }) nominalOn!: string;
  @ShownDay({ nullable: true, description: 'Null while it waits for what it falls due after' })
  dueOn!: string | null;
  @ApiProperty({ type: TriggerAnswer, nullable: true }) after!: TriggerAnswer | null;
  @ShownMoney() amount!: MoneyAnswer;
  @ShownMoney({ description: 'Of this, uplift' }) uplift!: MoneyAnswer;
  @Shown({ enum: instalmentStates }) state!: string;
  @Shown({ description: 'Not paid, not on its way, not asked for: an amendment may replace it' })
  isOpen!: boolean;
}

export class AmendmentPreviewAnswer {
  @ShownMoney() awardBefore!: MoneyAnswer;
  @ShownMoney() awardAfter!: MoneyAnswer;
  @ApiProperty({ type: OverheadAnswer, nullable: true }) overheadBefore!: OverheadAnswer | null;
  @ApiProperty({ type: OverheadAnswer, nullable: true }) overheadAfter!: OverheadAnswer | null;
  @ShownDay() endOnBefore!: string;
  @ShownDay() endOnAfter!: string;
  @ApiProperty({ type: [PlanLineAnswer] }) planBefore!: PlanLineAnswer[];
  @ApiProperty({ type: [PlanLineAnswer] }) planAfter!: PlanLineAnswer[];
}

export class AmendmentAnswer extends AmendmentPreviewAnswer {
  @ShownId() id!: string;
  @ShownId() grantId!: string;
  @Shown({ type: 'integer', nullable: true, description: 'The award is version 1; given on approval' })
  number!: number | null;
  @Shown({ enum: amendmentKinds }) kind!: string;
  @Shown() reason!: string;
  @Shown({ enum: grantVersionStates }) state!: string;
  @ShownId() approvalId!: string;
  @Shown() askedBy!: string;
  @ShownInstant() askedAt!: string;
  @Shown({ type: String, nullable: true }) decidedBy!: string | null;
  @ShownInstant({ nullable: true }) decidedAt!: string | null;
  @Shown({ type: String, nullable: true, description: 'Why it was rejected or taken back' })
  decidedReason!: string | null;
  @ShownId({ nullable: true, description: 'The entry that committed the difference, or freed it' })
  entryId!: string | null;
  @ShownId({ nullable: true, description: 'The decision of the coalition that allows it' })
  decisionId!: string | null;
}

const toPlan = (lines: readonly PlanLine[], currency: string): PlanLineAnswer[] =>
  lines.map((line) => ({
    number: line.number,
    nominalOn: line.nominalOn,
    dueOn: line.dueOn,
    after: toTriggerAnswer(line.after, currency),
    amount: moneyAnswer(line.amount, currency),
    uplift: moneyAnswer(line.uplift, currency),
    state: line.state,
    isOpen: isOpen(line),
  }));

export const toAmendmentPreview = ({ grant, terms, result }: WorkedOut): AmendmentPreviewAnswer => ({
  awardBefore: moneyAnswer(terms.award, grant.currency),
  awardAfter: moneyAnswer(result.award, grant.currency),
  overheadBefore: toOverheadAnswer(terms.award, grant.overheadRate, grant.currency),
  overheadAfter: toOverheadAnswer(result.award, grant.overheadRate, grant.currency),
  endOnBefore: terms.endOn,
  endOnAfter: result.endOn,
  planBefore: toPlan(terms.lines, grant.currency),
  planAfter: toPlan(result.lines, grant.currency),
});

export const toAmendmentAnswer = (version: GrantVersion): AmendmentAnswer => ({
  id: version.id,
  grantId: version.grantId,
  number: version.number,
  kind: version.kind,
  reason: version.reason,
  state: version.state,
  awardBefore: moneyAnswer(version.awardBefore, version.currency),
  awardAfter: moneyAnswer(version.awardAfter, version.currency),
  overheadBefore: toOverheadAnswer(version.awardBefore, version.overheadRate, version.currency),
  overheadAfter: toOverheadAnswer(version.awardAfter, version.overheadRate, version.currency),
  endOnBefore: version.endOnBefore,
  endOnAfter: version.endOnAfter,
  planBefore: toPlan(version.planBefore, version.currency),
  planAfter: toPlan(version.planAfter, version.currency),
  approvalId: version.approvalId,
  askedBy: version.askedByName,
  askedAt: version.askedAt.toISOString(),
  decidedBy: version.decidedByName,
  decidedAt: version.decidedAt?.toISOString() ?? null,
  decidedReason: version.decidedReason,
  entryId: version.entryId,
  decisionId: version.decisionId,
});
