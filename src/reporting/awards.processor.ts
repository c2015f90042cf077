import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { OutboxMessage } from '../platform/outbox/outbox.js';
import { HandlesTopic, type MessageHandler } from '../platform/queue/handlers.js';
import { AmendedTerms } from './amended-terms.service.js';
import { RequirementsService } from './requirements.service.js';

/** An amendment may move the end of the term: the reports asked for follow it. */
@Injectable()
@HandlesTopic('grant.amended')
export class AmendmentsProcessor implements MessageHandler {
  constructor(private readonly terms: AmendedTerms) {}

  async receive(tx: Tx, { payload }: OutboxMessage): Promise<void> {
    await this.terms.follow(tx, payload.grantId ?? '');
  }
}

/** An award brings its reporting along. */
@Injectable()
@HandlesTopic('grant.awarded')
export class AwardsProcessor implements MessageHandler {
  constructor(private readonly requirements: RequirementsService) {}

  async receive(tx: Tx, { payload }: OutboxMessage): Promise<void> {
    await this.requirements.makeFor(tx, payload.grantId ?? '');
  }
}
