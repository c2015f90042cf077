import { ApiProperty } from '@nestjs/swagger';
import {
  moneyAnswer,
  MoneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownInstant,
  ShownMoney,
} from '../../../platform/http/answers.js';
import { CalendarDay, Nested, Text } from '../../../platform/http/fields.js';
import { PledgeInstalmentInput } from '../pledge.dto.js';
import { pledgeChangeKinds } from './pledge-change.rules.js';
import type { PledgeChangeRow } from './pledge-changes.read.js';

/** Ends what is still to come of a pledge. */
export class EndPledge {
  @CalendarDay({ optional: true, description: 'Today if left out' }) occurredOn?: string;
  @Text({ max: 500, example: 'The trust has closed its programme' }) reason!: string;
}

/** Replaces what is still to come of a pledge; what has come stays as it is. */
export class AmendPledge extends EndPledge {
  @Nested(() => PledgeInstalmentInput, { many: true, least: 1, most: 240 })
  instalments!: PledgeInstalmentInput[];
}

export class PlannedPartAnswer {
  @ShownDay() dueOn!: string;
  @Shown({ example: '30000.00' }) amount!: string;
  @Shown({ example: '0.00' }) received!: string;
}

export class PledgeChangeAnswer {
  @ShownId() id!: string;
  @Shown({ type: 'integer' }) number!: number;
  @Shown({ enum: pledgeChangeKinds }) kind!: string;
  @Shown() reason!: string;
  @ShownDay() occurredOn!: string;
  @ShownMoney() amountBefore!: MoneyAnswer;
  @ShownMoney() amountAfter!: MoneyAnswer;
  @ApiProperty({ type: [PlannedPartAnswer] }) planBefore!: PlannedPartAnswer[];
  @ApiProperty({ type: [PlannedPartAnswer] }) planAfter!: PlannedPartAnswer[];
  @ShownId({ nullable: true, description: 'Null where only dates changed' }) entryId!: string | null;
  @Shown({ description: 'Who changed it' }) madeBy!: string;
  @ShownInstant() madeAt!: string;
}

export const toPledgeChangeAnswer = (
  { amountBefore, amountAfter, madeAt, ...change }: PledgeChangeRow,
  currency: string,
): PledgeChangeAnswer => ({
  ...change,
  amountBefore: moneyAnswer(amountBefore, currency),
  amountAfter: moneyAnswer(amountAfter, currency),
  madeAt: madeAt.toISOString(),
});
