import { ApiProperty } from '@nestjs/swagger';
import { sum } from '../../maths/money.js';
import { type MoneyAnswer, moneyAnswer, Shown, ShownId, ShownMoney } from '../../platform/http/answers.js';
import { ClaimWorkingAnswer, toWorkingAnswer } from './claim.dto.js';
import type { ClaimPreview } from './claim-preview.service.js';

export class PreviewedPayerAnswer {
  @ShownId() partyId!: string;
  @Shown() payer!: string;
  @ShownMoney({ description: 'What it would be invoiced' }) amount!: MoneyAnswer;
  @ShownMoney({ description: 'Beyond its cap: nobody pays it' }) unpaid!: MoneyAnswer;
  @ShownMoney({ nullable: true, description: 'What would be left under its cap; null without one' })
  headroom!: MoneyAnswer | null;
}

export class ClaimPreviewAnswer {
  @ShownId() claimId!: string;
  @ShownMoney({ description: 'Before all caps' }) gross!: MoneyAnswer;
  @ShownMoney({ description: 'After all caps but those of payers' }) net!: MoneyAnswer;
  @ShownMoney({ description: 'What would be invoiced' }) paidByPayers!: MoneyAnswer;
  @ApiProperty({ type: [ClaimWorkingAnswer] }) workings!: ClaimWorkingAnswer[];
  @ApiProperty({ type: [PreviewedPayerAnswer] }) payers!: PreviewedPayerAnswer[];
}

export function toClaimPreviewAnswer({ claim, workings, payers }: ClaimPreview): ClaimPreviewAnswer {
  const { id, currency } = claim;
  const money = (minor: bigint) => moneyAnswer(minor, currency);
  return {
    claimId: id,
    gross: money(sum(workings.map(({ gross }) => gross))),
    net: money(sum(workings.map(({ net }) => net))),
    paidByPayers: money(sum(payers.map(({ amount }) => amount))),
    workings: workings.map((working) => toWorkingAnswer(working, currency)),
    payers: payers.map(({ partyId, payer, amount, unpaid, headroom }) => ({
      ...{ partyId, payer, amount: money(amount), unpaid: money(unpaid) },
      headroom: headroom === null ? null : money(headroom),
    })),
  };
}
