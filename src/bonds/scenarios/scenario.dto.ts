import { ApiProperty } from '@nestjs/swagger';
import { type MoneyAnswer, moneyAnswer, Shown, ShownId, ShownMoney } from '../../platform/http/answers.js';
import { Amount, CalendarDay, Flag, Nested, Text } from '../../platform/http/fields.js';
import { TermsInput } from '../contracts/terms.dto.js';
import { PlanLineInput } from '../plans/plan.dto.js';
import { byQuarter, partyKinds, type Projection } from './projection.rules.js';

export class ScenarioCostInput {
  @CalendarDay({ example: '2027-01-31' }) on!: string;
  @Amount({ example: '120000.00', description: 'What the provider is to be paid then' }) amount!: string;
}

/** What may happen: outcomes by period, and what the provider is to be paid meanwhile. */
export class ScenarioInput {
  @Text({ max: 60, example: 'Base' }) name!: string;
  @Flag({ optional: true, description: 'The one that a coupon, or a payment of investors, is measured by' })
  isPlan?: boolean;
  @Nested(() => PlanLineInput, { many: true, least: 0, most: 2000 }) lines!: PlanLineInput[];
  @Nested(() => ScenarioCostInput, { many: true, least: 0, most: 240 }) costs!: ScenarioCostInput[];
}

/** Works scenarios out beside each other; nothing is saved. */
export class ProjectScenarios {
  @Nested(() => ScenarioInput, { many: true, most: 12 }) scenarios!: ScenarioInput[];
}

/** As `ProjectScenarios`, for terms that are not saved yet. */
export class ProjectTerms extends ProjectScenarios {
  @Text({ max: 3, example: 'GBP' }) currency!: string;
  @Nested(() => TermsInput) terms!: TermsInput;
}

/** Keeps scenarios under their names; one that is not named any more is dropped. */
export class KeepScenarios extends ProjectScenarios {}

export class ProjectedPayerAnswer {
  @ShownId() organisationId!: string;
  @ShownMoney() pays!: MoneyAnswer;
}

export class ProjectedInvestorAnswer {
  @ShownId() organisationId!: string;
  @ShownMoney() drawn!: MoneyAnswer;
  @ShownMoney() received!: MoneyAnswer;
  @ShownMoney({ description: 'Capital that never comes back' }) lost!: MoneyAnswer;
  @Shown({ type: String, nullable: true, example: '0.0512340000', description: 'A year; null with a reason' })
  xirr!: string | null;
  @Shown({ type: String, nullable: true }) noXirrBecause!: string | null;
  @Shown({ type: String, nullable: true, example: '1.120000' }) multiple!: string | null;
}

export class QuarterFlowAnswer {
  @Shown({ example: '2027-Q3' }) quarter!: string;
  @Shown({ enum: partyKinds }) party!: string;
  @Shown({ type: String, nullable: true, description: 'Null for the provider and for fees' })
  organisationId!: string | null;
  @ShownMoney({ description: 'What the party pays is below zero' }) amount!: MoneyAnswer;
}

export class ProjectionAnswer {
  @Shown() name!: string;
  @ApiProperty({ type: [ProjectedPayerAnswer] }) payers!: ProjectedPayerAnswer[];
  @ApiProperty({ type: [ProjectedInvestorAnswer] }) investors!: ProjectedInvestorAnswer[];
  @ShownMoney({ description: 'What the provider gets' }) provider!: MoneyAnswer;
  @ShownMoney({ description: 'What nobody had the money for' }) costsUnpaid!: MoneyAnswer;
  @ShownMoney({ description: 'Left at the end, for the surplus rule' }) surplus!: MoneyAnswer;
  @ShownMoney({ description: 'The most capital that is out at once' }) mostOut!: MoneyAnswer;
  @ApiProperty({ type: [QuarterFlowAnswer] }) quarters!: QuarterFlowAnswer[];
}

export class ProjectionsAnswer {
  @ApiProperty({ type: [ProjectionAnswer] }) scenarios!: ProjectionAnswer[];
}

export class KeptScenariosAnswer extends ProjectionsAnswer {
  @ApiProperty({ type: [ScenarioInput], description: 'What was supposed, as it was sent' })
  inputs!: ScenarioInput[];
}

export function toProjectionAnswer(
  { name, projection }: { name: string; projection: Projection },
  currency: string,
): ProjectionAnswer {
  const money = (minor: bigint) => moneyAnswer(minor, currency);
  return {
    name,
    payers: projection.payers.map(({ id, pays }) => ({ organisationId: id, pays: money(pays) })),
    investors: projection.investors.map(({ id, drawn, received, lost, xirr, multiples }) => ({
      ...{ organisationId: id, drawn: money(drawn), received: money(received), lost: money(lost) },
      xirr: xirr.rate,
      noXirrBecause: 'reason' in xirr ? xirr.reason : null,
      multiple: multiples.total,
    })),
    provider: money(projection.provider),
    costsUnpaid: money(projection.costsUnpaid),
    surplus: money(projection.surplus),
    mostOut: money(projection.mostOut),
    quarters: byQuarter(projection.flows).map(({ quarter, party, id, amount }) => ({
      ...{ quarter, party, organisationId: id === '' ? null : id, amount: money(amount) },
    })),
  };
}
