import { ApiProperty } from '@nestjs/swagger';
import {
  type MoneyAnswer,
  moneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownInstant,
  ShownMoney,
} from '../../../platform/http/answers.js';
import { Amount, CalendarDay, Id, Text } from '../../../platform/http/fields.js';
import { callKinds, callStates } from './drawdown.rules.js';
import type { DrawdownCall, DrawdownReceipt } from './drawdowns.read.js';

/** Calls capital from an investor: no more than it committed and was not called yet. */
export class CallDrawdown {
  @Id({ description: 'The investor as a party to the bond' }) partyId!: string;
  @Amount({ example: '90000.00' }) amount!: string;
  @CalendarDay({ example: '2027-02-01' }) dueOn!: string;
  @Text({ max: 500, example: 'The first two quarters of the work' }) reason!: string;
}

/** Calls what the contract has investors pay for poor outcomes, from each of them, as it stands on a day. */
export class CallTwoSided {
  @CalendarDay({ example: '2030-12-31', description: 'Outcomes by this day, beside the plan' }) asOf!: string;
  @CalendarDay({ example: '2031-01-31' }) dueOn!: string;
}

/** Calls from the guarantor its share of the capital that will not be returned. */
export class CallGuarantee {
  @CalendarDay({ example: '2031-01-31' }) dueOn!: string;
}

export class CancelCall {
  @Text({ max: 500, example: 'Less is needed' }) reason!: string;
}

/** Records what came of a call, as it stands on the bank statement. */
export class RecordDrawdown {
  @Amount({ example: '45000.00' }) amount!: string;
  @CalendarDay({ example: '2027-02-01' }) receivedOn!: string;
  @Text({ max: 140, example: 'FT 20270201 12', description: 'As it stands on the bank statement' })
  bankReference!: string;
}

/** Takes back a receipt that was recorded by mistake. */
export class ReverseDrawdown {
  @Text({ max: 500, example: 'It was for another bond' }) reason!: string;
  @CalendarDay({ example: '2027-02-03', description: 'The date of the reversal' }) occurredOn!: string;
}

export class DrawdownCallAnswer {
  @ShownId() id!: string;
  @ShownId() bondId!: string;
  @ShownId() poolId!: string;
  @ShownId({ description: 'Who pays, as a party to the bond' }) partyId!: string;
  @Shown() party!: string;
  @Shown({ example: 'CIB-1/C3' }) reference!: string;
  @Shown({ enum: callKinds }) kind!: string;
  @ShownMoney() amount!: MoneyAnswer;
  @ShownMoney() received!: MoneyAnswer;
  @Shown({ enum: callStates }) state!: string;
  @ShownDay() calledOn!: string;
  @ShownDay() dueOn!: string;
  @Shown() reason!: string;
  @Shown() calledBy!: string;
  @Shown({ type: String, nullable: true }) cancelReason!: string | null;
}

export class DrawdownReceiptAnswer {
  @ShownId() id!: string;
  @ShownId() callId!: string;
  @ShownMoney() amount!: MoneyAnswer;
  @ShownDay() receivedOn!: string;
  @Shown() bankReference!: string;
  @ShownId() entryId!: string;
  @Shown({ type: String, nullable: true }) recordedBy!: string | null;
  @ShownInstant() recordedAt!: string;
  @Shown({ type: String, nullable: true, description: 'Why it was reversed' }) reversalReason!: string | null;
}

export class DrawdownCallsAnswer {
  @ApiProperty({ type: [DrawdownCallAnswer] }) calls!: DrawdownCallAnswer[];
}

export class DrawdownCallWithReceiptsAnswer extends DrawdownCallAnswer {
  @ApiProperty({ type: [DrawdownReceiptAnswer] }) receipts!: DrawdownReceiptAnswer[];
}

export const toCallAnswer = ({
  coalitionId: _,
  currency,
  amount,
  received,
  ...call
}: DrawdownCall): DrawdownCallAnswer => ({
  ...call,
  amount: moneyAnswer(amount, currency),
  received: moneyAnswer(received, currency),
});

export const toDrawdownReceiptAnswer = ({
  recordedById: _,
  currency,
  amount,
  recordedAt,
  ...receipt
}: DrawdownReceipt): DrawdownReceiptAnswer => ({
  ...receipt,
  amount: moneyAnswer(amount, currency),
  recordedAt: recordedAt.toISOString(),
});
