import { Module } from '@nestjs/common';
import './activity.entity.js';
import './activity-goal.entity.js';
import './theory-of-change.entity.js';
import { ActivitiesController } from './activities.controller.js';
import { ActivitiesPages } from './activities.pages.js';
import { ActivitiesService } from './activities.service.js';
import { TheoriesService } from './theories.service.js';

/** What organisations do, apart from the goals, and how they say that it leads to them. */
@Module({
  controllers: [ActivitiesController, ActivitiesPages],
  providers: [ActivitiesService, TheoriesService],
  exports: [ActivitiesService, TheoriesService],
})
export class ActivitiesModule {}
