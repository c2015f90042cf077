import { ApiProperty } from '@nestjs/swagger';
import {
  type MoneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownInstant,
  ShownMoney,
} from '../../platform/http/answers.js';
import { CalendarDay, Choice, CurrencyCode, Integer, Rate, Text } from '../../platform/http/fields.js';
import { ListQuery } from '../../platform/http/list.js';
import { type ReportLanguage, reportLanguages } from './headings.js';

/** How a funder reads the reports that all of them get. */
export class SetFunderReportSettings {
  @Integer(1, 12, { description: 'The month in which its fiscal year begins', example: 4 })
  startMonth!: number;
  @CurrencyCode({ optional: true, description: 'Left out, each grant in its own currency' })
  currency?: string | null;
  @Choice(reportLanguages, { description: 'Of the headings' }) language!: ReportLanguage;
}

export class FunderReportSettingsAnswer {
  @ShownId() organisationId!: string;
  @Shown({ type: 'integer' }) startMonth!: number;
  @Shown({ type: String, nullable: true }) currency!: string | null;
  @Shown({ enum: reportLanguages }) language!: ReportLanguage;
  @Shown({ type: 'integer' }) version!: number;
}

/** States a rate, to be used from a day on. */
export class StateRate {
  @CurrencyCode({ example: 'GBP' }) fromCurrency!: string;
  @CurrencyCode({ example: 'EUR' }) toCurrency!: string;
  @Rate({ example: '1.1725', description: 'How many of the second one of the first is' }) rate!: string;
  @CalendarDay({ example: '2026-12-31', description: 'Used from this day on' }) statedOn!: string;
  @Text({ max: 200, example: 'European Central Bank, reference rate' }) source!: string;
}

export class StatedRatesQuery extends ListQuery {}

export class StatedRateAnswer {
  @ShownId() id!: string;
  @Shown() fromCurrency!: string;
  @Shown() toCurrency!: string;
  @Shown({ example: '1.1725' }) rate!: string;
  @ShownDay() statedOn!: string;
  @Shown() source!: string;
  @Shown() madeBy!: string;
  @ShownInstant() madeAt!: Date;
}

export class FunderReportQuery {
  @Integer(1900, 2200, {
    optional: true,
    description: 'In which the fiscal year begins; the running one, if left out',
  })
  year?: number;
}

export class FunderReportLineAnswer {
  @ShownId() goalId!: string;
  @Shown() goal!: string;
  @ShownMoney({ description: 'As the partner reported it' }) spent!: MoneyAnswer;
  @ShownMoney({ description: 'Of the money; as the funder reads it', nullable: true })
  share!: MoneyAnswer | null;
}

export class FileForFunderAnswer {
  @ShownId({ description: 'Read it at `/spend-reports/{reportId}/attachments/{id}`' }) id!: string;
  @Shown() name!: string;
}

export class ReadingForFunderAnswer {
  @ShownId() seriesId!: string;
  @Shown() name!: string;
  @Shown() unit!: string;
  @Shown({ example: '2027-Q1' }) period!: string;
  @Shown({ description: 'Empty for the whole' }) category!: string;
  @Shown({ example: '78' }) value!: string;
}

export class ReportForFunderAnswer {
  @ShownId() reportId!: string;
  @ShownId() grantId!: string;
  @Shown() grant!: string;
  @Shown() partner!: string;
  @ShownDay() periodFrom!: string;
  @ShownDay() periodTo!: string;
  @Shown() story!: string;
  @Shown() learning!: string;
  @Shown({ type: String, nullable: true, description: 'At which the share was converted' }) rate!:
    string | null;
  @ApiProperty({ type: [FunderReportLineAnswer] }) lines!: FunderReportLineAnswer[];
  @ApiProperty({ type: [FileForFunderAnswer] }) attachments!: FileForFunderAnswer[];
  @ApiProperty({
    type: [ReadingForFunderAnswer],
    description: 'The coalition’s: nobody’s share of them is told',
  })
  readings!: ReadingForFunderAnswer[];
}

export class FunderReportAnswer {
  @ShownId() organisationId!: string;
  @Shown() funder!: string;
  @Shown({ example: '2026/27' }) fiscalYear!: string;
  @ShownDay() from!: string;
  @ShownDay() to!: string;
  @Shown({ enum: reportLanguages }) language!: ReportLanguage;
  @ApiProperty({ type: [ReportForFunderAnswer] }) reports!: ReportForFunderAnswer[];
  @ShownMoney({ isArray: true, description: 'The funder’s share in all, each currency apart' })
  totals!: MoneyAnswer[];
}
