import { Module } from '@nestjs/common';
import { AwardsProcessor } from './awards.processor.js';
import { RemindersProcessor } from './reminders.processor.js';
import './reported-disbursement.entity.js';
import './requirement.entity.js';
import { RequirementsController } from './requirements.controller.js';
import { RequirementsService } from './requirements.service.js';
import './spend-line.entity.js';
import './spend-report.entity.js';

/** What partners report of their grants, and the reminders that bring the reports in. */
@Module({
  controllers: [RequirementsController],
  providers: [RequirementsService, AwardsProcessor, RemindersProcessor],
  exports: [RequirementsService],
})
export class ReportingModule {}
