import { Module } from '@nestjs/common';
import { FormTokens } from '../platform/auth/form-tokens.js';
import { InvitationsService } from './invitations.service.js';
import { SignInPages } from './sign-in.pages.js';
import { SignInService } from './sign-in.service.js';

/** Who comes in and how: signing in, one's own account, invitations, and the installation's administration. */
@Module({
  controllers: [SignInPages],
  providers: [FormTokens, InvitationsService, SignInService],
  exports: [InvitationsService],
})
export class AccountModule {}
