import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { formatAmount } from '../../maths/money.js';

/** Money in an answer: a decimal string with exactly the currency's digits. */
export class MoneyAnswer {
  @ApiProperty({ example: '1250.00' })
  amount!: string;

  @ApiProperty({ example: 'GBP' })
  currency!: string;
}

export const moneyAnswer = (minor: bigint, currency: string): MoneyAnswer => ({
  amount: formatAmount(minor, currency),
  currency,
});

/** A field of an answer. Absent is `null`, not missing. */
export const Shown = (options: ApiPropertyOptions = {}): PropertyDecorator => ApiProperty(options);

export const ShownId = (options: ApiPropertyOptions = {}): PropertyDecorator =>
  ApiProperty({ type: String, format: 'uuid', ...options });

export const ShownDay = (options: ApiPropertyOptions = {}): PropertyDecorator =>
  ApiProperty({ type: String, format: 'date', example: '2026-04-01', ...options });

export const ShownInstant = (options: ApiPropertyOptions = {}): PropertyDecorator =>
  ApiProperty({
    type: String,
    format: 'date-time',
    example: '2026-04-01T08:00:00.000Z',
    ...options,
  });

export const ShownMoney = (options: ApiPropertyOptions = {}): PropertyDecorator =>
  ApiProperty({ type: MoneyAnswer, ...options });
