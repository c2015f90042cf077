import { Module } from '@nestjs/common';
import { CalculateController } from './calculators/calculate.controller.js';
import { CalendarController } from './calendar/calendar.controller.js';
import './calendar/calendar-link.entity.js';
import { CalendarLinksService } from './calendar/calendar-links.service.js';
import { CalendarPages } from './calendar/calendar.pages.js';

/** What comes in from outside and what goes out: cases to calculate, published data to import, dates for calendars. */
@Module({
  controllers: [CalculateController, CalendarController, CalendarPages],
  providers: [CalendarLinksService],
})
export class ExchangeModule {}
