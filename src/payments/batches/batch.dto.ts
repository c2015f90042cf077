import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  type MoneyAnswer,
  moneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownInstant,
  ShownMoney,
} from '../../platform/http/answers.js';
import { CalendarDay, Choice, Ids, Text } from '../../platform/http/fields.js';
import { ListQuery } from '../../platform/http/list.js';
import { batchStates } from './batch.rules.js';
import type { Batch, BatchFile, BatchLine } from './batches.read.js';
import { painFormats } from './pain001.js';

const MOST_PAYMENTS = 500;

/** Gathers approved payments of a pool into one file for the bank. */
export class MakeBatch {
  @Ids({ least: 1, most: MOST_PAYMENTS }) disbursementIds!: string[];
  @CalendarDay({ example: '2026-11-30', description: 'The business day on which the bank is to pay' })
  executionOn!: string;
}

/** The same as a query: one that is chosen comes as itself, several as a list. */
export class ChosenPayments {
  @Transform(({ value }: { value: unknown }) => [value ?? []].flat())
  @Ids({ most: MOST_PAYMENTS })
  disbursementIds: string[] = [];
}

export class WithdrawBatch {
  @Text({ max: 500, example: 'The bank does not take files today' }) reason!: string;
}

export class SettleBatch {
  @CalendarDay({ example: '2026-11-30', description: 'The day the money left the account' }) paidOn!: string;
}

export class BatchQuery extends ListQuery {
  @Choice(batchStates, { optional: true }) state?: string;
}

export class BatchDebtorAnswer {
  @Shown() accountName!: string;
  @Shown({ example: 'GB29 •••• 6819' }) iban!: string;
  @Shown({ type: String, nullable: true }) bic!: string | null;
}

export class BatchAnswer {
  @ShownId() id!: string;
  @ShownId() poolId!: string;
  @Shown({ type: 'integer', description: '1 for the first of its pool' }) number!: number;
  @Shown({ enum: batchStates }) state!: string;
  @ShownDay() executionOn!: string;
  @ShownMoney({ description: 'The control sum: what its payments come to' }) total!: MoneyAnswer;
  @Shown({ type: 'integer', description: 'How many payments' }) count!: number;
  @Shown({ type: 'integer', description: 'How many of them are recorded as paid' }) paidCount!: number;
  @ApiProperty({ type: BatchDebtorAnswer }) paidFrom!: BatchDebtorAnswer;
  @ShownId() approvalId!: string;
  @Shown() madeBy!: string;
  @ShownInstant() madeAt!: string;
  @ShownInstant({ nullable: true }) releasedAt!: string | null;
  @ShownInstant({ nullable: true }) sentAt!: string | null;
  @ShownInstant({ nullable: true }) endedAt!: string | null;
  @Shown({ type: String, nullable: true }) withdrawReason!: string | null;
  @Shown({ type: 'integer' }) version!: number;
}

export class BatchLineAnswer {
  @Shown({ type: 'integer' }) number!: number;
  @ShownId() disbursementId!: string;
  @Shown() state!: string;
  @ShownId() grantId!: string;
  @Shown() grantReference!: string;
  @Shown({ type: 'integer' }) instalmentNumber!: number;
  @Shown() payee!: string;
  @ShownMoney() amount!: MoneyAnswer;
  @Shown() accountName!: string;
  @Shown({ example: 'GB82 •••• 5432' }) iban!: string;
  @Shown({ type: String, nullable: true }) bic!: string | null;
  @Shown({ description: 'What the payee reads on its statement' }) remittance!: string;
  @Shown({ description: 'What the payment is called from the file to the statement' }) endToEndId!: string;
}

export class BatchFileAnswer {
  @Shown({ enum: painFormats }) format!: string;
  @Shown({ description: 'Of its bytes, in hexadecimal' }) sha256!: string;
  @Shown({ type: 'integer' }) sizeBytes!: number;
}

export class BatchWithLinesAnswer extends BatchAnswer {
  @ApiProperty({ type: [BatchLineAnswer] }) lines!: BatchLineAnswer[];
  @ApiProperty({ type: [BatchFileAnswer], description: 'From its release on' }) files!: BatchFileAnswer[];
}

const isoOrNull = (at: Date | null): string | null => at?.toISOString() ?? null;

export const toBatchAnswer = (batch: Batch): BatchAnswer => ({
  id: batch.id,
  poolId: batch.poolId,
  number: batch.number,
  state: batch.state,
  executionOn: batch.executionOn,
  total: moneyAnswer(batch.total, batch.currency),
  count: batch.count,
  paidCount: batch.paidCount,
  paidFrom: { accountName: batch.debtorName, iban: batch.debtorIban, bic: batch.debtorBic },
  approvalId: batch.approvalId,
  madeBy: batch.madeBy,
  madeAt: batch.madeAt.toISOString(),
  releasedAt: isoOrNull(batch.releasedAt),
  sentAt: isoOrNull(batch.sentAt),
  endedAt: isoOrNull(batch.endedAt),
  withdrawReason: batch.withdrawReason,
  version: batch.version,
});

export const toBatchWithLines = (
  batch: Batch,
  lines: readonly BatchLine[],
  files: readonly BatchFile[],
): BatchWithLinesAnswer => ({
  ...toBatchAnswer(batch),
  lines: lines.map((line) => ({
    number: line.number,
    disbursementId: line.disbursementId,
    state: line.disbursementState,
    grantId: line.grantId,
    grantReference: line.grantReference,
    instalmentNumber: line.instalmentNumber,
    payee: line.payee,
    amount: moneyAnswer(line.amount, line.currency),
    accountName: line.creditorName,
    iban: line.creditorIban,
    bic: line.creditorBic,
    remittance: line.remittance,
    endToEndId: line.endToEndId,
  })),
  files: files.map(({ format, sha256, sizeBytes }) => ({ format, sha256, sizeBytes: Number(sizeBytes) })),
});
