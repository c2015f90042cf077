import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../platform/database/database.js';
import { Allow, members } from '../platform/http/access.js';
import { pageOf } from '../platform/http/list.js';
import { IfMatch, Who } from '../platform/http/request.js';
import {
  AddOrganisation,
  ChangeOrganisation,
  OrganisationAnswer,
  OrganisationsQuery,
} from './organisation.dto.js';
import { OrganisationsService } from './organisations.service.js';

@ApiTags('Organisations')
@ApiBearerAuth()
@Controller()
export class OrganisationsController {
  constructor(
    private readonly db: Database,
    private readonly organisations: OrganisationsService,
  ) {}

  @Post('api/v1/coalitions/:coalitionId/organisations')
  @Allow('coalition', 'backbone', 'finance')
  @ApiOperation({ summary: 'Add an organisation to a coalition' })
  @ApiCreatedResponse({ type: OrganisationAnswer })
  add(@Who() who: PersonActor, @Param('coalitionId') coalitionId: string, @Body() body: AddOrganisation) {
    return inTransaction(this.db, who, (tx) => this.organisations.add(tx, coalitionId, body));
  }

  @Get('api/v1/coalitions/:coalitionId/organisations')
  @Allow('coalition', ...members)
  @ApiOperation({ summary: 'List the organisations of a coalition' })
  @ApiOkResponse({ type: pageOf(OrganisationAnswer) })
  list(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
    @Query() query: OrganisationsQuery,
  ) {
    return inSnapshot(this.db, who, (tx) => this.organisations.list(tx, coalitionId, query));
  }

  @Get('api/v1/organisations/:organisationId')
  @Allow('organisation', ...members)
  @ApiOperation({ summary: 'Read an organisation' })
  @ApiOkResponse({ type: OrganisationAnswer })
  read(@Who() who: PersonActor, @Param('organisationId') organisationId: string) {
    return inSnapshot(this.db, who, (tx) => this.organisations.read(tx, organisationId));
  }

  @Patch('api/v1/organisations/:organisationId')
  @Allow('organisation', 'backbone', 'finance')
  @ApiOperation({ summary: 'Change what a coalition knows of an organisation' })
  @ApiOkResponse({ type: OrganisationAnswer })
  change(
    @Who() who: PersonActor,
    @IfMatch() version: number,
    @Param('organisationId') organisationId: string,
    @Body() body: ChangeOrganisation,
  ) {
    return inTransaction(this.db, who, (tx) => this.organisations.change(tx, organisationId, version, body));
  }
}
