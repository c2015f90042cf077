import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsOptional, IsString, Length } from 'class-validator';
import {
  type MoneyAnswer,
  moneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownInstant,
  ShownMoney,
} from '../../platform/http/answers.js';
import type { AttachedFile } from '../../platform/files/attached-file.js';
import { AttachedFileAnswer, toAttachedFileAnswer } from '../../platform/files/attached-file.dto.js';
import { Choice, Decimal, Id, Integer, Nested, Text } from '../../platform/http/fields.js';
import { claimStates, verdicts } from './claim.rules.js';
import type { ClaimLine, OutcomeClaim, OutcomeWorking } from './claims.read.js';

const mostPeople = 10_000;

export class ClaimLineInput {
  @Text({ max: 60, example: 'signUp', description: 'A metric of the rate card' }) metric!: string;
  @Decimal({ optional: true, example: '440' }) quantity?: string;
  @Decimal({ optional: true, example: '62.5', description: 'What was reached, for bands' }) value?: string;

  /** Identifiers that the provider has for them; only a keyed hash of each is kept. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(mostPeople)
  @IsString({ each: true })
  @Length(1, 120, { each: true })
  @ApiProperty({ type: [String], required: false, nullable: true, example: ['pupil 1017'] })
  people?: string[];
}

/** Claims the outcomes of a period. */
export class MakeClaim {
  @Integer(1, 1200, { example: 3, description: 'The period of the term, counted from 1' }) period!: number;
  @Text({ max: 2000, optional: true }) note?: string;
  @Nested(() => ClaimLineInput, { many: true, most: 200 }) lines!: ClaimLineInput[];
}

/** What the verifier found of a line. */
export class FindingInput {
  @Id() lineId!: string;
  @Choice(verdicts) verdict!: string;
  @Decimal({ optional: true, description: 'What it is reduced to' }) quantity?: string;
  @Decimal({ optional: true, description: 'What it is reduced to' }) value?: string;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(mostPeople)
  @IsString({ each: true })
  @Length(1, 120, { each: true })
  @ApiProperty({
    type: [String],
    required: false,
    nullable: true,
    description: 'People that do not count, by their identifiers or keys',
  })
  notAccepted?: string[];
  @Text({ max: 500, optional: true, description: 'Needed unless all is accepted' }) reason?: string;
}

/** Verifies a claim: each of its lines is accepted, reduced or rejected. */
export class VerifyClaim {
  @Nested(() => FindingInput, { many: true, most: 200 }) lines!: FindingInput[];
  @Text({ max: 2000, optional: true }) note?: string;
}

export class RejectClaim {
  @Text({ max: 500, example: 'The attendance data are of another school year' }) reason!: string;
}

export class ClaimPersonAnswer {
  @Shown({ description: 'A keyed hash; identifiers are not kept' }) key!: string;
  @Shown() isAccepted!: boolean;
}

export class ClaimLineAnswer {
  @ShownId() id!: string;
  @Shown({ type: 'integer' }) number!: number;
  @Shown() metric!: string;
  @Shown({ type: String, nullable: true }) quantity!: string | null;
  @Shown({ type: String, nullable: true }) value!: string | null;
  @ApiProperty({ type: [ClaimPersonAnswer] }) people!: ClaimPersonAnswer[];
  @Shown({ enum: verdicts, nullable: true }) verdict!: string | null;
  @Shown({ type: String, nullable: true }) acceptedQuantity!: string | null;
  @Shown({ type: String, nullable: true }) acceptedValue!: string | null;
  @Shown({ type: String, nullable: true }) reason!: string | null;
}

export class ClaimTrimAnswer {
  @Shown({ enum: ['person', 'line', 'period', 'bond'] }) by!: string;
  @ShownMoney() amount!: MoneyAnswer;
}

export class ClaimShareAnswer {
  @ShownId() partyId!: string;
  @Shown() payer!: string;
  @ShownMoney() amount!: MoneyAnswer;
  @ShownMoney({ description: 'Beyond the cap of the payer' }) unpaid!: MoneyAnswer;
}

export class ClaimWorkingAnswer {
  @ShownId({ nullable: true, description: 'Null for what an earlier period’s cap had trimmed' })
  lineId!: string | null;
  @Shown() metric!: string;
  @Shown() accepted!: string;
  @Shown({ example: '440 × 1680.00' }) working!: string;
  @ShownMoney() gross!: MoneyAnswer;
  @ApiProperty({ type: [ClaimTrimAnswer] }) trimmed!: ClaimTrimAnswer[];
  @ShownMoney() net!: MoneyAnswer;
  @ApiProperty({ type: [ClaimShareAnswer] }) shares!: ClaimShareAnswer[];
}

export class ClaimAnswer {
  @ShownId() id!: string;
  @ShownId() bondId!: string;
  @Shown({ type: 'integer' }) number!: number;
  @Shown({ type: 'integer' }) period!: number;
  @ShownDay() periodFrom!: string;
  @ShownDay() periodTo!: string;
  @Shown({ type: 'integer', description: 'The version of the contract that it was made under' })
  termsNumber!: number;
  @Shown({ enum: claimStates }) state!: string;
  @Shown({ type: Boolean, nullable: true, description: 'Null until it is invoiced' }) isPaid!: boolean | null;
  @Shown() note!: string;
  @Shown() madeBy!: string;
  @ShownInstant({ nullable: true }) submittedAt!: string | null;
  @Shown({ type: String, nullable: true }) decidedBy!: string | null;
  @ShownInstant({ nullable: true }) decidedAt!: string | null;
  @Shown({ type: String, nullable: true }) decidedReason!: string | null;
  @ShownMoney({ nullable: true, description: 'After all caps but those of payers' }) net!: MoneyAnswer | null;
  @ShownMoney({ nullable: true, description: 'What was invoiced' }) paidByPayers!: MoneyAnswer | null;
  @Shown({ type: 'integer' }) version!: number;
}

export class ClaimWithWorkingAnswer extends ClaimAnswer {
  @ApiProperty({ type: [ClaimLineAnswer] }) lines!: ClaimLineAnswer[];
  @ApiProperty({ type: [ClaimWorkingAnswer] }) workings!: ClaimWorkingAnswer[];
  @ApiProperty({ type: [AttachedFileAnswer] }) evidence!: AttachedFileAnswer[];
}

export const toClaimAnswer = (claim: OutcomeClaim): ClaimAnswer => {
  const money = (minor: bigint | null) => (minor === null ? null : moneyAnswer(minor, claim.currency));
  return {
    id: claim.id,
    bondId: claim.bondId,
    number: claim.number,
    period: claim.period,
    periodFrom: claim.periodFrom,
    periodTo: claim.periodTo,
    termsNumber: claim.termsNumber,
    state: claim.state,
    isPaid: claim.isPaid,
    note: claim.note,
    madeBy: claim.madeByName,
    submittedAt: claim.submittedAt?.toISOString() ?? null,
    decidedBy: claim.decidedByName,
    decidedAt: claim.decidedAt?.toISOString() ?? null,
    decidedReason: claim.decidedReason,
    net: money(claim.net),
    paidByPayers: money(claim.paidByPayers),
    version: claim.version,
  };
};

export class RecalculatedClaimAnswer {
  @ShownId() claimId!: string;
  @Shown({ type: 'integer' }) number!: number;
  @Shown({ type: 'integer' }) period!: number;
  @Shown({ type: 'integer' }) workings!: number;
  @Shown({ description: 'Whether all that is kept of it is what it comes to when it is worked out again' })
  isEqual!: boolean;
  @Shown({ type: [String], example: ['Working 2: net is kept as 168000, and comes to 160000.'] })
  differences!: string[];
}

export class RecalculationAnswer {
  @Shown() isEqual!: boolean;
  @ApiProperty({ type: [RecalculatedClaimAnswer], description: 'In the order in which they were verified' })
  claims!: RecalculatedClaimAnswer[];
}

/** A claim with its lines, the working of each, and what it rests on. */
export interface WholeClaim {
  claim: OutcomeClaim;
  lines: ClaimLine[];
  workings: OutcomeWorking[];
  evidence: AttachedFile[];
}

export const toClaimWithWorking = ({
  claim,
  lines,
  workings,
  evidence,
}: WholeClaim): ClaimWithWorkingAnswer => ({
  ...toClaimAnswer(claim),
  lines,
  workings: workings.map((working) => toWorkingAnswer(working, claim.currency)),
  evidence: evidence.map(toAttachedFileAnswer),
});

export const toWorkingAnswer = (
  working: Omit<OutcomeWorking, 'id'>,
  currency: string,
): ClaimWorkingAnswer => ({
  lineId: working.lineId,
  metric: working.metric,
  accepted: working.accepted,
  working: working.working,
  gross: moneyAnswer(working.gross, currency),
  trimmed: working.trimmed.map(({ by, amount }) => ({ by, amount: { amount, currency } })),
  net: moneyAnswer(working.net, currency),
  shares: working.shares.map((share) => ({
    partyId: share.partyId,
    payer: share.payer,
    amount: moneyAnswer(BigInt(share.amount), currency),
    unpaid: moneyAnswer(BigInt(share.unpaid), currency),
  })),
});
