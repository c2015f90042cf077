import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import './decision.entity.js';
import './decision-ballot.entity.js';
import './decision-dissent.entity.js';
import './decision-minute.entity.js';
import './decision-recusal.entity.js';
import './decision-settings.entity.js';
import './decision-use.entity.js';
import './decision-voter.entity.js';
import './interests/interest.entity.js';
import { CoalitionsModule } from '../coalitions/coalitions.module.js';
import { PersonPages } from './people/person.pages.js';
import { DecisionKeys } from './decision-keys.service.js';
import { DecisionRooms } from './decision-subjects.js';
import { DecisionsController } from './decisions.controller.js';
import { DecisionClosing, VoteReminders } from './decisions.processor.js';
import { DecisionsPages } from './decisions.pages.js';
import { DecisionsService } from './decisions.service.js';
import { InterestsController } from './interests/interests.controller.js';
import { InterestsPages } from './interests/interests.pages.js';
import { InterestsService } from './interests/interests.service.js';
import { VoteOpening } from './vote-opening.service.js';
import { VotingPages } from './voting.pages.js';
import { VotingService } from './voting.service.js';

/** What the coalition's people decide: motions, votes, recusals and dissent; and what a passed decision opens. */
@Module({
  imports: [CoalitionsModule, DiscoveryModule],
  controllers: [
    DecisionsController,
    InterestsController,
    DecisionsPages,
    VotingPages,
    InterestsPages,
    PersonPages,
  ],
  providers: [
    DecisionRooms,
    DecisionsService,
    VoteOpening,
    VotingService,
    DecisionKeys,
    DecisionClosing,
    VoteReminders,
    InterestsService,
  ],
  exports: [DecisionKeys, DecisionRooms, DecisionsService, VoteOpening, VotingService, InterestsService],
})
export class DecisionsModule {}
