import { Module } from '@nestjs/common';
import './goal.entity.js';
import { GoalsController } from './goals.controller.js';
import { GoalsPages } from './goals.pages.js';
import { GoalsService } from './goals.service.js';

/** What the coalition is for: its long-term results. */
@Module({
  controllers: [GoalsController, GoalsPages],
  providers: [GoalsService],
  exports: [GoalsService],
})
export class GoalsModule {}
