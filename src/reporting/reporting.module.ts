import { Module } from '@nestjs/common';
import { GoalsModule } from '../goals/goals.module.js';
import { AmendedTerms } from './amended-terms.service.js';
import { AmendmentsProcessor, AwardsProcessor, MilestonesProcessor } from './awards.processor.js';
import { ReportAttachmentsController } from './attachments/attachments.controller.js';
import { ReportAttachmentsPages } from './attachments/attachments.pages.js';
import { ReportAttachmentsService } from './attachments/attachments.service.js';
import './attachments/report-attachment.entity.js';
import { CorrectionsController } from './corrections.controller.js';
import { CorrectionsService } from './corrections.service.js';
import './for-funders/funder-report-settings.entity.js';
import { FunderReportSettingsService } from './for-funders/funder-report-settings.service.js';
import { FunderReportsController } from './for-funders/funder-reports.controller.js';
import { FunderReportsPages } from './for-funders/funder-reports.pages.js';
import './for-funders/stated-rate.entity.js';
import { CumulativeController } from './cumulative.controller.js';
import { CumulativePages } from './cumulative.pages.js';
import { RemindersProcessor } from './reminders.processor.js';
import { CorrectionPages } from './correction.pages.js';
import './readings/report-readings.entity.js';
import { ReportReadingsService } from './readings/report-readings.service.js';
import './report-comment.entity.js';
import './reported-disbursement.entity.js';
import './requirement.entity.js';
import { ReportingPages } from './reporting.pages.js';
import { RequirementsController } from './requirements.controller.js';
import { RequirementsService } from './requirements.service.js';
import './spend-line.entity.js';
import './spend-report.entity.js';
import { SpendReportsController } from './spend-reports.controller.js';
import { SpendReportsService } from './spend-reports.service.js';

/** What partners report of their grants, and the reminders that bring the reports in. */
@Module({
  imports: [GoalsModule],
  controllers: [
    RequirementsController,
    SpendReportsController,
    CorrectionsController,
    ReportingPages,
    CorrectionPages,
    FunderReportsController,
    FunderReportsPages,
    CumulativeController,
    CumulativePages,
    ReportAttachmentsController,
    ReportAttachmentsPages,
  ],
  providers: [
    RequirementsService,
    SpendReportsService,
    CorrectionsService,
    ReportAttachmentsService,
    ReportReadingsService,
    AwardsProcessor,
    AmendmentsProcessor,
    MilestonesProcessor,
    AmendedTerms,
    RemindersProcessor,
    FunderReportSettingsService,
  ],
  exports: [RequirementsService, SpendReportsService, CorrectionsService, ReportAttachmentsService],
})
export class ReportingModule {}
