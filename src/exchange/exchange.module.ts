import { Module } from '@nestjs/common';
import { CalculateController } from './calculators/calculate.controller.js';

/** What comes in from outside and what goes out: cases to calculate, published data to import. */
@Module({ controllers: [CalculateController] })
export class ExchangeModule {}
