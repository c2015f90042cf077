import { Module } from '@nestjs/common';
import { FormTokens } from '../platform/auth/form-tokens.js';
import { AccountsService } from './administration/accounts.service.js';
import { AdministrationController } from './administration/administration.controller.js';
import { AdministrationPages } from './administration/administration.pages.js';
import { MailsService } from './administration/mails.service.js';
import { AccountPages } from './account.pages.js';
import { AccountService } from './account.service.js';
import { ApiTokensService } from './api-tokens.service.js';
import { InvitationsController } from './invitations.controller.js';
import { InvitationsPages } from './invitations.pages.js';
import { InvitationsService } from './invitations.service.js';
import { MeController } from './me.controller.js';
import { SignInPages } from './sign-in.pages.js';
import { SignInService } from './sign-in.service.js';
import { WelcomePages } from './welcome.pages.js';
import { WelcomeService } from './welcome.service.js';
import './api-token.entity.js';
import './invitation.entity.js';
import './person.entity.js';
import './saved-views/saved-view.entity.js';
import { SavedViewsController } from './saved-views/saved-views.controller.js';
import { SavedViewsPages } from './saved-views/saved-views.pages.js';
import { SavedViewsService } from './saved-views/saved-views.service.js';

/** Who comes in and how: signing in, one's own account, invitations, and the installation's administration. */
@Module({
  controllers: [
    SignInPages,
    WelcomePages,
    AccountPages,
    MeController,
    SavedViewsController,
    SavedViewsPages,
    InvitationsController,
    InvitationsPages,
    AdministrationController,
    AdministrationPages,
  ],
  providers: [
    FormTokens,
    SignInService,
    WelcomeService,
    AccountService,
    ApiTokensService,
    SavedViewsService,
    InvitationsService,
    AccountsService,
    MailsService,
  ],
  exports: [InvitationsService],
})
export class AccountModule {}
