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
import { Amount, CalendarDay, Text } from '../../platform/http/fields.js';
import type { GrantReturn, ReturnPart } from './returns.read.js';

/** Records unspent money of a grant that came back, as it stands on the bank statement. */
export class RecordReturn {
  @Amount({ example: '1250.00' }) amount!: string;
  @CalendarDay({ example: '2026-11-23' }) receivedOn!: string;
  @Text({ max: 140, example: 'RET G-2027-01', description: 'As it stands on the bank statement' })
  bankReference!: string;
  @Text({ max: 500, optional: true, example: 'Unspent at the end of the term' }) note?: string;
}

/** Takes back a return that was recorded by mistake. */
export class ReverseReturn {
  @Text({ max: 500, example: 'Another grant’s money' }) reason!: string;
  @CalendarDay({ example: '2026-11-24', description: 'The date of the reversal' }) occurredOn!: string;
}

export class GrantReturnAnswer {
  @ShownId() id!: string;
  @ShownId() grantId!: string;
  @ShownId() poolId!: string;
  @ShownMoney() amount!: MoneyAnswer;
  @ShownDay() receivedOn!: string;
  @Shown() bankReference!: string;
  @Shown() note!: string;
  @ShownId() entryId!: string;
  @Shown() recordedBy!: string;
  @ShownInstant() recordedAt!: string;
  @Shown({ type: String, nullable: true, description: 'Why it was reversed' }) reversalReason!: string | null;
}

export class ReturnPartAnswer {
  @ShownId() funderId!: string;
  @Shown() funder!: string;
  @Shown({ type: String, nullable: true, description: 'What the money is restricted to' })
  earmark!: string | null;
  @ShownMoney() amount!: MoneyAnswer;
}

export class GrantReturnWithPartsAnswer extends GrantReturnAnswer {
  @ApiProperty({ type: [ReturnPartAnswer], description: 'Who got it back: those whose money paid the grant' })
  parts!: ReturnPartAnswer[];
}

export const toGrantReturnAnswer = ({
  id,
  grantId,
  poolId,
  amount,
  currency,
  receivedOn,
  bankReference,
  note,
  entryId,
  recordedBy,
  recordedAt,
  reversalReason,
}: GrantReturn): GrantReturnAnswer => ({
  ...{ id, grantId, poolId, receivedOn, bankReference, note, entryId, recordedBy, reversalReason },
  amount: moneyAnswer(amount, currency),
  recordedAt: recordedAt.toISOString(),
});

export const toGrantReturnWithParts = (
  returned: GrantReturn,
  parts: readonly ReturnPart[],
): GrantReturnWithPartsAnswer => ({
  ...toGrantReturnAnswer(returned),
  parts: parts.map((part) => ({ ...part, amount: moneyAnswer(part.amount, returned.currency) })),
});
