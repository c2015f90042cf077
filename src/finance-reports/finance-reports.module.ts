import { Module } from '@nestjs/common';
import './report-file.entity.js';
import './report-run.entity.js';
import './subscription.entity.js';
import './subscription-recipient.entity.js';
import { FinanceReportsController } from './finance-reports.controller.js';
import { FinanceReportsPages } from './finance-reports.pages.js';
import { RunsService } from './runs.service.js';
import { SubscriptionDue } from './subscription.processor.js';
import { SubscriptionsPages } from './subscriptions.pages.js';
import { SubscriptionsService } from './subscriptions.service.js';

@Module({
  controllers: [FinanceReportsController, FinanceReportsPages, SubscriptionsPages],
  providers: [RunsService, SubscriptionsService, SubscriptionDue],
  exports: [RunsService, SubscriptionsService],
})
export class FinanceReportsModule {}
