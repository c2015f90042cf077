import { Module } from '@nestjs/common';
import './entries/learning-entry.entity.js';
import './entries/learning-entry-version.entity.js';
import './entries/learning-link.entity.js';
import './toolkit/toolkit.entity.js';
import './toolkit/toolkit-edition.entity.js';
import './toolkit/toolkit-item.entity.js';
import { LearningEntriesService } from './entries/entries.service.js';
import { LearningEntriesController } from './entries/learning-entries.controller.js';
import { LearningEntriesPages } from './entries/learning-entries.pages.js';
import { LearntCards } from './entries/learnt-cards.js';
import { PublicToolkitController } from './toolkit/public-toolkit.controller.js';
import { PublicToolkitPages } from './toolkit/public-toolkit.pages.js';
import { ToolkitController } from './toolkit/toolkit.controller.js';
import { ToolkitPages } from './toolkit/toolkit.pages.js';
import { ToolkitReminders } from './toolkit/toolkit-reminders.processor.js';
import { ToolkitsService } from './toolkit/toolkits.service.js';

/** What the coalition learns, linked to what it learns from; and the toolkit that it shares with everybody. */
@Module({
  controllers: [
    LearningEntriesController,
    LearningEntriesPages,
    ToolkitController,
    ToolkitPages,
    PublicToolkitController,
    PublicToolkitPages,
  ],
  providers: [LearningEntriesService, LearntCards, ToolkitsService, ToolkitReminders],
  exports: [LearningEntriesService, ToolkitsService],
})
export class LearningModule {}
