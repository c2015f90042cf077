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
import { OutcomeCancellationAnswer } from './cancellations/cancellation.dto.js';
import type { BondHeadroom, Headroom } from './headroom.read.js';
import { invoiceStates } from './invoice.rules.js';
import type { OutcomeInvoice, OutcomeReceipt } from './invoices.read.js';

/** Records what came of an invoice, as it stands on the bank statement. */
export class RecordReceipt {
  @Amount({ example: '18240.50' }) amount!: string;
  @CalendarDay({ example: '2026-11-23' }) receivedOn!: string;
  @Text({ max: 140, example: 'FT 20261123 77', description: 'As it stands on the bank statement' })
  bankReference!: string;
}

/** Takes back a receipt that was recorded by mistake. */
export class ReverseReceipt {
  @Text({ max: 500, example: 'It was for another invoice' }) reason!: string;
  @CalendarDay({ example: '2026-11-24', description: 'The date of the reversal' }) occurredOn!: string;
}

/** The day as of which headroom is asked for. */
export class HeadroomQuery {
  @CalendarDay({ optional: true, description: 'Today, where it is left out' }) on?: string;
}

export class OutcomeInvoiceAnswer {
  @ShownId() id!: string;
  @ShownId() bondId!: string;
  @ShownId() poolId!: string;
  @ShownId({ description: 'The payer as a party to the bond' }) partyId!: string;
  @ShownId() payerId!: string;
  @Shown() payer!: string;
  @Shown({ example: 'CIB-1/7' }) reference!: string;
  @Shown({ enum: ['claim', 'substitute'] }) sourceKind!: string;
  @ShownId({ description: 'The claim, or the instalment of a suspension, that it is for' })
  sourceId!: string;
  @ShownMoney() amount!: MoneyAnswer;
  @ShownMoney() received!: MoneyAnswer;
  @ShownMoney({ description: 'Of what was open, and is not expected any more' }) cancelled!: MoneyAnswer;
  @Shown({ enum: invoiceStates }) state!: string;
  @ShownDay() issuedOn!: string;
  @ShownDay() dueOn!: string;
  @ShownId() entryId!: string;
}

export class OutcomeReceiptAnswer {
  @ShownId() id!: string;
  @ShownId() invoiceId!: string;
  @ShownMoney() amount!: MoneyAnswer;
  @ShownDay() receivedOn!: string;
  @Shown() bankReference!: string;
  @ShownId() entryId!: string;
  @Shown({ type: String, nullable: true }) recordedBy!: string | null;
  @ShownInstant() recordedAt!: string;
  @Shown({ type: String, nullable: true, description: 'Why it was reversed' }) reversalReason!: string | null;
}

export class OutcomeInvoiceWithReceiptsAnswer extends OutcomeInvoiceAnswer {
  @ApiProperty({ type: [OutcomeReceiptAnswer] }) receipts!: OutcomeReceiptAnswer[];
  @ApiProperty({
    type: [OutcomeCancellationAnswer],
    description: 'Whatever became of them, the newest first',
  })
  cancellations!: OutcomeCancellationAnswer[];
}

export class HeadroomAnswer {
  @ShownMoney({ nullable: true }) cap!: MoneyAnswer | null;
  @ShownMoney() used!: MoneyAnswer;
  @ShownMoney({ nullable: true, description: 'Null without a cap' }) left!: MoneyAnswer | null;
}

export class PayerHeadroomAnswer extends HeadroomAnswer {
  @ShownId() partyId!: string;
  @ShownId() payerId!: string;
  @Shown() payer!: string;
  @ShownMoney({ description: 'Of what it was invoiced, which is what it used' }) received!: MoneyAnswer;
}

export class LineHeadroomAnswer extends HeadroomAnswer {
  @Shown() metric!: string;
  @Shown() title!: string;
}

export class WholeHeadroomAnswer extends HeadroomAnswer {
  @ShownMoney({ description: 'Less than what is used where a payer’s cap was reached' })
  invoiced!: MoneyAnswer;
  @ShownMoney() received!: MoneyAnswer;
}

export class BondHeadroomAnswer {
  @ShownDay() on!: string;
  @ApiProperty({ type: WholeHeadroomAnswer }) bond!: WholeHeadroomAnswer;
  @ApiProperty({ type: [PayerHeadroomAnswer] }) payers!: PayerHeadroomAnswer[];
  @ApiProperty({ type: [LineHeadroomAnswer], description: 'Of each line of the rate card' })
  lines!: LineHeadroomAnswer[];
}

export const toInvoiceAnswer = ({
  coalitionId: _,
  currency,
  amount,
  received,
  cancelled,
  ...invoice
}: OutcomeInvoice): OutcomeInvoiceAnswer => ({
  ...invoice,
  amount: moneyAnswer(amount, currency),
  received: moneyAnswer(received, currency),
  cancelled: moneyAnswer(cancelled, currency),
});

export const toReceiptAnswer = ({
  currency,
  amount,
  recordedAt,
  recordedById: _,
  ...receipt
}: OutcomeReceipt): OutcomeReceiptAnswer => ({
  ...receipt,
  amount: moneyAnswer(amount, currency),
  recordedAt: recordedAt.toISOString(),
});

const toHeadroom = ({ cap, used, left }: Headroom, currency: string): HeadroomAnswer => ({
  cap: cap === null ? null : moneyAnswer(cap, currency),
  used: moneyAnswer(used, currency),
  left: left === null ? null : moneyAnswer(left, currency),
});

export const toBondHeadroom = (
  { on, bond, payers, lines }: BondHeadroom,
  currency: string,
): BondHeadroomAnswer => ({
  on,
  bond: {
    ...toHeadroom(bond, currency),
    invoiced: moneyAnswer(bond.invoiced, currency),
    received: moneyAnswer(bond.received, currency),
  },
  payers: payers.map(({ partyId, payerId, payer, received, ...headroom }) => ({
    ...{ partyId, payerId, payer, received: moneyAnswer(received, currency) },
    ...toHeadroom(headroom, currency),
  })),
  lines: lines.map(({ metric, title, ...headroom }) => ({
    metric,
    title,
    ...toHeadroom(headroom, currency),
  })),
});
