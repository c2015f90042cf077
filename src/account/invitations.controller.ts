import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../platform/database/database.js';
import { Allow } from '../platform/http/access.js';
import { pageOf } from '../platform/http/list.js';
import { Who } from '../platform/http/request.js';
import { InvitationAnswer, InvitationsQuery } from './invitation.dto.js';
import { InvitationsService } from './invitations.service.js';

@ApiTags('Invitations')
@ApiBearerAuth()
@Controller()
export class InvitationsController {
  constructor(
    private readonly db: Database,
    private readonly invitations: InvitationsService,
  ) {}

  @Get('api/v1/coalitions/:coalitionId/invitations')
  @Allow('coalition', 'backbone')
  @ApiOperation({ summary: 'List who was invited to a coalition, and who came' })
  @ApiOkResponse({ type: pageOf(InvitationAnswer) })
  list(@Who() who: PersonActor, @Param('coalitionId') coalitionId: string, @Query() query: InvitationsQuery) {
    return inSnapshot(this.db, who, (tx) => this.invitations.list(tx, coalitionId, query));
  }

  @Post('api/v1/invitations/:invitationId/resend')
  @Allow('invitation', 'backbone')
  @HttpCode(200)
  @ApiOperation({ summary: 'Mail an invitation again, with a new link' })
  @ApiOkResponse({ type: InvitationAnswer })
  resend(@Who() who: PersonActor, @Param('invitationId') invitationId: string) {
    return inTransaction(this.db, who, (tx) => this.invitations.resend(tx, invitationId));
  }

  @Post('api/v1/invitations/:invitationId/revoke')
  @Allow('invitation', 'backbone')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take an invitation back: its link leads nowhere any more' })
  @ApiOkResponse({ type: InvitationAnswer })
  revoke(@Who() who: PersonActor, @Param('invitationId') invitationId: string) {
    return inTransaction(this.db, who, (tx) => this.invitations.revoke(tx, invitationId));
  }
}
