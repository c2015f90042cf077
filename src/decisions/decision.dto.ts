import { ApiProperty } from '@nestjs/swagger';
import type { Day } from '../maths/day.js';
import { formatAmount } from '../maths/money.js';
import { Shown, ShownDay, ShownId, ShownInstant } from '../platform/http/answers.js';
import { CalendarDay, Choice, Id, Integer, Text, Texts } from '../platform/http/fields.js';
import { ListQuery } from '../platform/http/list.js';
import { recusalGrounds } from './conflict.rules.js';
import { decisionMethods, decisionStates, type Standing, votingRules, weightings } from './decision.rules.js';
import { decisionSubjectKinds } from './decision-subjects.js';

export const amendments = ['amends', 'supersedes'] as const;

/** Drafts a motion. Nobody votes on it until it is opened. */
export class DraftDecision {
  @Text({ max: 200, example: 'Award core support to Stream Youth Work' }) title!: string;
  @Text({ max: 10_000, example: 'That the coalition awards £500,000.00 over five years.' }) motion!: string;
  @Choice(decisionMethods, {
    description: '`motion` is for or against, `choice` is between options of its own',
  })
  method!: string;
  @Texts({
    optional: true,
    most: 10,
    max: 200,
    description: 'Of a choice: two to ten',
    example: ['North', 'South'],
  })
  options?: string[];
  @Choice(votingRules, { description: 'What carries it; abstentions are no votes cast' }) rule!: string;
  @Choice(weightings, { description: 'One person one vote, or by what their organisation contributed' })
  weighting!: string;
  @Id({ optional: true, description: 'The pool whose contributions weigh' }) weightPoolId?: string | null;
  @Integer(1, 100, {
    example: 50,
    description: 'Per cent of the weight that may vote which must be cast, abstentions included',
  })
  quorumPercent!: number;
  @CalendarDay({ example: '2026-12-14', description: 'The last day of the vote' }) closesOn!: Day;
  @Choice(decisionSubjectKinds, { description: 'What it is about' }) subjectKind!: string;
  @Id({ optional: true, description: 'The grant, the condition or the pool that it is about' })
  subjectId?: string | null;
  @Id({
    optional: true,
    description: 'The organisation that it would benefit, unless the subject says so itself',
  })
  concernsId?: string | null;
  @Id({ optional: true, description: 'A passed decision that this one changes' }) amendsId?: string | null;
  @Choice(amendments, { optional: true }) amendsHow?: string | null;
}

export class CastVote {
  @Integer(0, 10, { example: 1, description: 'The number of the option; 0 abstains' }) choice!: number;
  @Text({ optional: true, max: 5_000, description: 'Dissent, in your own words' }) dissent?: string | null;
}

export class RecordDissent {
  @Text({ max: 5_000, example: 'The smaller partners were not heard.' }) words!: string;
}

export class DeclareConflict {
  @Id({ optional: true, description: 'Yourself, if left out; for others the backbone records it' })
  personId?: string | null;
  @Text({ max: 1_000, example: 'My brother works for the applicant.' }) reason!: string;
}

export class WriteMinutes {
  @Text({ max: 20_000, example: 'Five spoke for it; the council asked for a review after a year.' })
  text!: string;
}

export class WithdrawDecision {
  @Text({ max: 500, example: 'The applicant withdrew.' }) reason!: string;
}

export class DecisionsQuery extends ListQuery {
  @Choice(decisionStates, { optional: true }) state?: string;
  @Choice(decisionSubjectKinds, { optional: true }) subjectKind?: string;
  @Id({ optional: true }) subjectId?: string;
}

export class DecisionAnswer {
  @ShownId() id!: string;
  @ShownId() coalitionId!: string;
  @Shown({ example: 'D-7' }) reference!: string;
  @Shown() title!: string;
  @Shown({ enum: decisionMethods }) method!: string;
  @Shown({ type: [String], example: ['For', 'Against'] }) options!: string[];
  @Shown({ enum: votingRules }) rule!: string;
  @Shown({ enum: weightings }) weighting!: string;
  @ShownId({ nullable: true }) weightPoolId!: string | null;
  @Shown({ type: String, nullable: true, description: 'Of the weights; null where people count' })
  weightCurrency!: string | null;
  @Shown({ type: 'integer' }) quorumPercent!: number;
  @ShownDay() closesOn!: Day;
  @Shown({ enum: decisionSubjectKinds }) subjectKind!: string;
  @ShownId({ nullable: true }) subjectId!: string | null;
  @ShownId({ nullable: true }) concernsId!: string | null;
  @Shown({ type: String, nullable: true }) concerns!: string | null;
  @ShownId({ nullable: true }) amendsId!: string | null;
  @Shown({ enum: amendments, nullable: true }) amendsHow!: string | null;
  @Shown({ enum: decisionStates }) state!: string;
  @ShownInstant() draftedAt!: string;
  @ShownInstant({ nullable: true }) openedAt!: string | null;
  @ShownInstant({ nullable: true, description: 'No vote counts at this instant or after it' })
  closesAt!: string | null;
  @ShownInstant({ nullable: true }) closedAt!: string | null;
  @Shown({ type: 'integer', description: 'People who may vote' }) entitled!: number;
  @Shown({ type: 'integer', description: 'Of these, those who have' }) voted!: number;
  @Shown({ type: String, nullable: true, description: 'How it ended, in a sentence' }) outcome!:
    string | null;
  @Shown({ type: String, nullable: true, description: 'What it opened; it opens one door' })
  usedFor!: string | null;
  @Shown({ type: 'integer' }) version!: number;
}

export class OptionStandingAnswer {
  @Shown({ type: 'integer' }) number!: number;
  @Shown({ example: 'For' }) label!: string;
  @Shown({ type: 'integer' }) people!: number;
  @Shown({ example: '3', description: 'A number of people, or a decimal amount' }) weight!: string;
}

export class StandingAnswer {
  @Shown({ type: 'integer' }) entitledPeople!: number;
  @Shown() entitledWeight!: string;
  @Shown({ type: 'integer' }) votedPeople!: number;
  @Shown() votedWeight!: string;
  @Shown({ type: 'integer' }) abstainedPeople!: number;
  @Shown() abstainedWeight!: string;
  @Shown({ type: Boolean }) isQuorate!: boolean;
  @ApiProperty({ type: [OptionStandingAnswer] }) options!: OptionStandingAnswer[];
}

/** One person on the roll: what they weigh, and what became of their vote. */
export class VoteAnswer {
  @ShownId({ description: 'Of the line of the roll' }) id!: string;
  @ShownId() personId!: string;
  @Shown() person!: string;
  @Shown({ example: 'Funder for North River Trust', description: 'As it was when the vote opened' })
  seat!: string;
  @Shown({ example: '1' }) weight!: string;
  @Shown({ enum: recusalGrounds, nullable: true }) recused!: string | null;
  @Shown({ type: String, nullable: true }) recusalReason!: string | null;
  @Shown({ type: Boolean }) hasVoted!: boolean;
  @Shown({ type: 'integer', nullable: true, description: '0 abstains; null until you have voted yourself' })
  choice!: number | null;
  @Shown({ type: String, nullable: true, example: 'For' }) choiceText!: string | null;
  @ShownInstant({ nullable: true }) votedAt!: string | null;
  @Shown({ type: 'integer', description: 'How often the vote was changed' }) changes!: number;
  @Shown({
    type: String,
    nullable: true,
    description: 'Dissent in their words, one paragraph for each entry',
  })
  dissent!: string | null;
}

export class MinutesAnswer {
  @ShownId() id!: string;
  @Shown() text!: string;
  @Shown() writtenBy!: string;
  @ShownInstant() writtenAt!: string;
}

export class DissentAnswer {
  @ShownId() id!: string;
  @ShownId() personId!: string;
  @Shown() person!: string;
  @Shown() words!: string;
  @ShownInstant() at!: string;
}

export class LinkedDecisionAnswer {
  @ShownId() id!: string;
  @Shown({ example: 'D-7' }) reference!: string;
  @Shown() title!: string;
  @Shown({ enum: amendments }) how!: string;
}

/** The whole record of a decision: what an auditor asks for. */
export class DecisionRecordAnswer extends DecisionAnswer {
  @Shown() motion!: string;
  @Shown({ type: String, nullable: true }) subjectTitle!: string | null;
  @Shown({ type: String, nullable: true }) withdrawnReason!: string | null;
  @ApiProperty({
    type: StandingAnswer,
    nullable: true,
    description: 'Null until you have voted, or it is closed',
  })
  standing!: StandingAnswer | null;
  @ApiProperty({ type: [VoteAnswer] }) votes!: VoteAnswer[];
  @ApiProperty({ type: [DissentAnswer] }) dissents!: DissentAnswer[];
  @ApiProperty({ type: [MinutesAnswer] }) minutes!: MinutesAnswer[];
  @ApiProperty({ type: [LinkedDecisionAnswer], description: 'Later decisions that change this one' })
  amendedBy!: LinkedDecisionAnswer[];
}

/** A weight as one reads it: people, or a decimal amount of the pool's currency. */
export const weightText = (weight: bigint, currency: string | null): string =>
  currency === null ? String(weight) : formatAmount(weight, currency);

export function toStandingAnswer(
  standing: Standing,
  options: readonly string[],
  currency: string | null,
): StandingAnswer {
  const text = (weight: bigint) => weightText(weight, currency);
  return {
    entitledPeople: standing.entitled.people,
    entitledWeight: text(standing.entitled.weight),
    votedPeople: standing.voted.people,
    votedWeight: text(standing.voted.weight),
    abstainedPeople: standing.abstained.people,
    abstainedWeight: text(standing.abstained.weight),
    isQuorate: standing.isQuorate,
    options: standing.options.map(({ people, weight }, index) => ({
      number: index + 1,
      label: options[index]!,
      people,
      weight: text(weight),
    })),
  };
}
