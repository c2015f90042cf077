import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { DecisionsModule } from '../decisions/decisions.module.js';
import './grant.entity.js';
import './grant-goal.entity.js';
import './instalment.entity.js';
import { PoolsModule } from '../pools/pools.module.js';
import './amendments/grant-version.entity.js';
import { AmendmentsController } from './amendments/amendments.controller.js';
import { AmendmentsPages } from './amendments/amendments.pages.js';
import { AmendmentsService } from './amendments/amendments.service.js';
import { ClosingController } from './closing/closing.controller.js';
import { ClosingPages } from './closing/closing.pages.js';
import { ClosingService } from './closing/closing.service.js';
import './closing/grant-closure.entity.js';
import './conditions/condition.entity.js';
import { ConditionsController } from './conditions/conditions.controller.js';
import { ConditionsPages } from './conditions/conditions.pages.js';
import { ConditionDay, DecisionClosed, ReportAccepted } from './conditions/conditions.processor.js';
import { ConditionReminders } from './conditions/reminders/condition-reminders.processor.js';
import { ConditionsService } from './conditions/conditions.service.js';
import { AmendmentSubjects, AwardSubjects, WaiverSubjects } from './decisions/grant-subjects.service.js';
import { GrantDraftsPages } from './grant-drafts.pages.js';
import { GrantsController } from './grants.controller.js';
import { GrantsPages } from './grants.pages.js';
import { GrantsService } from './grants.service.js';
import './schedule-templates/schedule-template.entity.js';
import { ScheduleTemplatesController } from './schedule-templates/schedule-templates.controller.js';
import { ScheduleTemplatesPages } from './schedule-templates/schedule-templates.pages.js';
import { ScheduleTemplatesService } from './schedule-templates/schedule-templates.service.js';
import './suspension/grant-suspension.entity.js';
import { SuspensionController } from './suspension/suspension.controller.js';
import { SuspensionPages } from './suspension/suspension.pages.js';
import { SuspensionService } from './suspension/suspension.service.js';

@Module({
  imports: [LedgerModule, DecisionsModule, PoolsModule],
  controllers: [
    GrantsController,
    AmendmentsController,
    AmendmentsPages,
    SuspensionController,
    SuspensionPages,
    ConditionsController,
    ConditionsPages,
    ClosingController,
    ClosingPages,
    ScheduleTemplatesController,
    ScheduleTemplatesPages,
    GrantsPages,
    GrantDraftsPages,
  ],
  providers: [
    GrantsService,
    AmendmentsService,
    SuspensionService,
    ClosingService,
    ScheduleTemplatesService,
    ConditionsService,
    ReportAccepted,
    ConditionDay,
    ConditionReminders,
    DecisionClosed,
    AwardSubjects,
    AmendmentSubjects,
    WaiverSubjects,
  ],
  exports: [GrantsService, ScheduleTemplatesService],
})
export class GrantsModule {}
