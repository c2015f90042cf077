import { Module } from '@nestjs/common';
import { InvitationsService } from './invitations.service.js';

/** Who comes in and how: signing in, one's own account, invitations, and the installation's administration. */
@Module({
  providers: [InvitationsService],
  exports: [InvitationsService],
})
export class AccountModule {}
