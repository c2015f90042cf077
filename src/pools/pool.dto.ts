import { ApiProperty } from '@nestjs/swagger';
import { attributionRules } from '../maths/attribution.js';
import {
  type MoneyAnswer,
  moneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownMoney,
} from '../platform/http/answers.js';
import {
  Amount,
  CalendarDay,
  Choice,
  CurrencyCode,
  Id,
  Integer,
  Nested,
  Text,
} from '../platform/http/fields.js';
import { feeMoments } from './fees/fee.rules.js';
import type { PoolRow } from './pools.service.js';
import type { PoolPosition } from './pool-position.js';

export const refundPolicies = ['none', 'pro_rata'] as const;

/** From which amount on how many must approve. */
export class ApprovalTierInput {
  @Amount({ example: '10000.00', description: 'The tier holds beyond this amount' }) above!: string;
  @Integer(2, 9, { example: 2 }) approvers!: number;
}

/** Opens a pool: one pot of money in one currency, with its policies declared. */
export class OpenPool {
  @Text({ max: 120, example: 'River Towns Fund' }) name!: string;
  @CurrencyCode() currency!: string;
  @Choice(attributionRules, { description: 'Whose money pays for a disbursement' }) attributionRule!: string;
  @Choice(refundPolicies, { description: 'How unspent money goes back to funders' }) refundPolicy!: string;
  @Amount({ optional: true, example: '25000.00', description: 'Kept back from every disbursement' })
  reserve?: string;
  @Integer(0, 10_000, {
    optional: true,
    example: 10_000,
    description: 'How far open pledges are counted on when committing, in basis points',
  })
  confidenceBasisPoints?: number;
  @Integer(0, 10_000, {
    optional: true,
    example: 100,
    description: "The host's fee, in basis points",
  })
  feeBasisPoints?: number;
  @Choice(feeMoments, {
    optional: true,
    description: 'Charged on what is received (if left out), or on what is paid',
  })
  feeOn?: string;
  @Amount({ optional: true, example: '5.00', description: 'The least that is charged each time' })
  feeMinimum?: string;
  @Amount({ optional: true, example: '500.00', description: 'The most that is charged each time' })
  feeCap?: string;
  @Id({ optional: true, description: 'The organisation that charges the fee' }) feeHostId?: string;
  @Nested(() => ApprovalTierInput, {
    ...{ many: true, least: 0, most: 5, optional: true },
    description: 'How many must approve; absent means two for every payment, an empty list one',
  })
  approvalTiers?: ApprovalTierInput[];
}

/** Changes a pool's policies. Its currency stays for ever. */
export class ChangePool {
  @Text({ optional: true, max: 120 }) name?: string;
  @Choice(attributionRules, { optional: true }) attributionRule?: string;
  @Choice(refundPolicies, { optional: true }) refundPolicy?: string;
  @Amount({ optional: true }) reserve?: string;
  @Integer(0, 10_000, { optional: true }) confidenceBasisPoints?: number;
  @Integer(0, 10_000, { optional: true }) feeBasisPoints?: number;
  @Choice(feeMoments, { optional: true }) feeOn?: string;
  @Amount({ optional: true }) feeMinimum?: string;
  @Amount({ optional: true, description: 'null takes it away' }) feeCap?: string | null;
  @Id({ optional: true, description: 'null takes it away' }) feeHostId?: string | null;
  @Nested(() => ApprovalTierInput, { many: true, least: 0, most: 5, optional: true })
  approvalTiers?: ApprovalTierInput[];
  @Id({ optional: true, description: 'The decision that passed for it, where the coalition asks for one' })
  decisionId?: string;
}

/** Locks the ledger of a pool through a date: nothing is posted on or before it any more. */
export class LockPeriod {
  @CalendarDay({ example: '2026-10-31' }) through!: string;
}

export class PoolPositionAnswer {
  @ShownMoney() cash!: MoneyAnswer;
  @ShownMoney() fundBalances!: MoneyAnswer;
  @ShownMoney({ description: 'Of these, without an earmark' }) unearmarked!: MoneyAnswer;
  @ShownMoney() feesPayable!: MoneyAnswer;
  @ShownMoney({ description: 'Investors’ money and outcome payments, less what bonds have paid' })
  heldForBonds!: MoneyAnswer;
  @ShownMoney({
    description: 'What the currencies cost and is not shared yet; below zero if they brought something',
  })
  exchangeLoss!: MoneyAnswer;
  @ShownMoney() pledgesReceivable!: MoneyAnswer;
  @ShownMoney() grantsOutstanding!: MoneyAnswer;
  @ShownMoney({ description: 'What the host will charge on what is still to be paid' })
  feesToCome!: MoneyAnswer;
  @ShownMoney() reserve!: MoneyAnswer;
  @ShownMoney() approvedUnsettled!: MoneyAnswer;
  @ShownMoney({ description: 'Of this, refunds to funders' }) approvedRefunds!: MoneyAnswer;
  @ShownMoney() availableToDisburse!: MoneyAnswer;
  @ShownMoney() availableToCommit!: MoneyAnswer;
}

export class ApprovalTierAnswer {
  @ShownMoney() above!: MoneyAnswer;
  @Shown({ type: 'integer' }) approvers!: number;
}

export class PoolAnswer {
  @ShownId() id!: string;
  @ShownId() coalitionId!: string;
  @Shown() name!: string;
  @Shown() currency!: string;
  @Shown({ enum: attributionRules }) attributionRule!: string;
  @Shown({ enum: refundPolicies }) refundPolicy!: string;
  @ShownMoney() reserve!: MoneyAnswer;
  @Shown({ type: 'integer' }) confidenceBasisPoints!: number;
  @Shown({ type: 'integer' }) feeBasisPoints!: number;
  @Shown({ enum: feeMoments }) feeOn!: string;
  @ShownMoney() feeMinimum!: MoneyAnswer;
  @ShownMoney({ nullable: true }) feeCap!: MoneyAnswer | null;
  @ShownId({ nullable: true }) feeHostId!: string | null;
  @ApiProperty({ type: [ApprovalTierAnswer] }) approvalTiers!: ApprovalTierAnswer[];
  @ShownDay({ nullable: true }) lockedThrough!: string | null;
  @Shown({ type: 'integer' }) version!: number;
}

export class PoolWithPositionAnswer extends PoolAnswer {
  @ApiProperty({ type: PoolPositionAnswer }) position!: PoolPositionAnswer;
}

export function toPoolAnswer({ reserve, feeMinimum, feeCap, approvalTiers, ...pool }: PoolRow): PoolAnswer {
  return {
    ...pool,
    reserve: moneyAnswer(reserve, pool.currency),
    feeMinimum: moneyAnswer(feeMinimum, pool.currency),
    feeCap: feeCap === null ? null : moneyAnswer(feeCap, pool.currency),
    approvalTiers: approvalTiers.map(({ above, approvers }) => ({
      above: moneyAnswer(BigInt(above), pool.currency),
      approvers,
    })),
  };
}

export function toPositionAnswer(position: PoolPosition, currency: string): PoolPositionAnswer {
  const money = Object.entries(position).map(([name, minor]: [string, bigint]) => [
    name,
    moneyAnswer(minor, currency),
  ]);
  return Object.fromEntries(money) as PoolPositionAnswer;
}
