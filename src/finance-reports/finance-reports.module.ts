import { Module } from '@nestjs/common';
import './runs/report-file.entity.js';
import './runs/report-run.entity.js';
import './subscriptions/subscription.entity.js';
import './subscriptions/subscription-recipient.entity.js';
import { FinanceReportsPages } from './runs/finance-reports.pages.js';
import { DownloadLinks } from './runs/download-links.js';
import { ReportFilesController } from './runs/report-files.controller.js';
import { ReportMaker } from './runs/report-maker.js';
import { ReportMaking } from './runs/report-making.js';
import { RunsController } from './runs/runs.controller.js';
import { RunsService } from './runs/runs.service.js';
import { ReportArrival } from './subscriptions/report-arrival.processor.js';
import { ReportDelivery } from './subscriptions/report-delivery.js';
import { SubscriptionDue } from './subscriptions/subscription.processor.js';
import { SubscriptionOrders } from './subscriptions/subscription-orders.service.js';
import { SubscriptionsController } from './subscriptions/subscriptions.controller.js';
import { SubscriptionsPages } from './subscriptions/subscriptions.pages.js';
import { SubscriptionsService } from './subscriptions/subscriptions.service.js';

@Module({
  controllers: [
    RunsController,
    ReportFilesController,
    SubscriptionsController,
    FinanceReportsPages,
    SubscriptionsPages,
  ],
  providers: [
    RunsService,
    DownloadLinks,
    ReportMaker,
    ReportMaking,
    SubscriptionsService,
    SubscriptionOrders,
    SubscriptionDue,
    ReportDelivery,
    ReportArrival,
  ],
  exports: [RunsService, SubscriptionsService],
})
export class FinanceReportsModule {}
