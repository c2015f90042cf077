import { Module } from '@nestjs/common';
import { AffiliationsController } from './affiliations.controller.js';
import { AffiliationsPages } from './affiliations.pages.js';
import { AffiliationsService } from './affiliations.service.js';
import { BackboneTermsController } from './backbone-terms.controller.js';
import { BackboneTermsPages } from './backbone-terms.pages.js';
import { BackboneTermsService } from './backbone-terms.service.js';
import { CoalitionsController } from './coalitions.controller.js';
import { CoalitionsPages } from './coalitions.pages.js';
import { CoalitionsService } from './coalitions.service.js';
import { AccountModule } from '../account/account.module.js';
import './affiliation.entity.js';
import './backbone-term.entity.js';
import './coalition.entity.js';
import './membership.entity.js';
import './organisation.entity.js';
import { MembershipsController } from './memberships.controller.js';
import { MembershipsService } from './memberships.service.js';
import { OrganisationsController } from './organisations.controller.js';
import { OrganisationsPages } from './organisations.pages.js';
import { OrganisationsService } from './organisations.service.js';
import { PeoplePages } from './people.pages.js';

/** Coalitions with their people and organisations. */
@Module({
  imports: [AccountModule],
  controllers: [
    CoalitionsController,
    OrganisationsController,
    MembershipsController,
    BackboneTermsController,
    AffiliationsController,
    AffiliationsPages,
    CoalitionsPages,
    PeoplePages,
    OrganisationsPages,
    BackboneTermsPages,
  ],
  providers: [
    CoalitionsService,
    OrganisationsService,
    MembershipsService,
    BackboneTermsService,
    AffiliationsService,
  ],
  exports: [
    CoalitionsService,
    OrganisationsService,
    MembershipsService,
    BackboneTermsService,
    AffiliationsService,
  ],
})
export class CoalitionsModule {}
