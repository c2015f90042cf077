import { Module } from '@nestjs/common';
import { DigestProcessor } from './digests/digest.processor.js';
import { InboxService } from './inbox/inbox.service.js';
import { DoubtfulCards } from './letters/doubtful-cards.js';
import { LettersController } from './letters/letters.controller.js';
import { LettersPages } from './letters/letters.pages.js';
import { NoticesController } from './notices.controller.js';
import { NoticesPages } from './notices.pages.js';
import './preferences/mail-preference.entity.js';
import { MailPreferencesService } from './preferences/preferences.service.js';

/** What people are told of: their inbox, and the mails they want of it. */
@Module({
  controllers: [NoticesController, NoticesPages, LettersController, LettersPages],
  providers: [InboxService, MailPreferencesService, DigestProcessor, DoubtfulCards],
  exports: [InboxService],
})
export class NoticesModule {}
