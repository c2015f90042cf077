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

/** A condition of a grant is met: where it is a milestone, the report on the time up to it is asked for. */
@Injectable()
@HandlesTopic('condition.met')
export class MilestonesProcessor implements MessageHandler {
  constructor(private readonly terms: AmendedTerms) {}

  async receive(tx: Tx, { payload: { grantId, conditionId } }: OutboxMessage): Promise<void> {
    const milestone = await tx.row(
      `SELECT 1 FROM requirements WHERE grant_id = $1
         AND terms -> 'days' @> jsonb_build_array(jsonb_build_object('after', jsonb_build_object('conditionId', $2::text)))`,
      [grantId ?? null, conditionId ?? null],
    );
    if (milestone) await this.terms.follow(tx, grantId ?? '');
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
