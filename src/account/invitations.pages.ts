import { Controller, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Allow } from '../platform/http/access.js';
import { type Access, Where } from '../platform/http/request.js';
import { coalitionPath } from '../web/navigation.js';
import { Pages } from '../web/pages.js';
import { InvitationsService } from './invitations.service.js';

/** The buttons beside an invitation, wherever one is shown. They lead back to the coalition's people. */
@Controller()
export class InvitationsPages {
  constructor(
    private readonly pages: Pages,
    private readonly invitations: InvitationsService,
  ) {}

  @Post('invitations/:invitationId/resend')
  @Allow('invitation', 'backbone')
  async resend(
    @Res() reply: FastifyReply,
    @Where() { coalitionId }: Access,
    @Param('invitationId') invitationId: string,
  ): Promise<void> {
    const people = coalitionPath(coalitionId, 'people');
    await this.pages.press(reply, {
      work: (tx) => this.invitations.resend(tx, invitationId),
      done: ({ email }) => ({ to: people, say: `The invitation is sent again to ${email}.` }),
      back: people,
    });
  }

  @Post('invitations/:invitationId/revoke')
  @Allow('invitation', 'backbone')
  async revoke(
    @Res() reply: FastifyReply,
    @Where() { coalitionId }: Access,
    @Param('invitationId') invitationId: string,
  ): Promise<void> {
    const people = coalitionPath(coalitionId, 'people');
    await this.pages.press(reply, {
      work: (tx) => this.invitations.revoke(tx, invitationId),
      done: ({ name }) => ({ to: people, say: `The invitation to ${name} is taken back.` }),
      back: people,
    });
  }
}
