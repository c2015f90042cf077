import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../../platform/config/config.js';
import type { Tx } from '../../../platform/database/tx.js';
import { HandlesOccurrence, type OccurrenceHandler } from '../../../platform/queue/handlers.js';
import type { DueOccurrence, Outcome } from '../../../platform/queue/occurrences.js';
import { CONFIG } from '../../../platform/tokens.js';
import type { DueWords } from '../../reminders/due-letter.js';
import { type RemindedOf, remindOfDue } from '../../reminders/due-reminders.js';
import type { CallKind } from './drawdown.rules.js';
import { callReference } from './drawdowns.read.js';

const words: Record<CallKind, DueWords> = {
  drawdown: { document: 'capital call', payment: 'The capital of' },
  twoSided: { document: 'call', payment: 'The payment for poor outcomes of' },
  guarantee: { document: 'call', payment: 'The guarantee of' },
};

/** Reminds investors and guarantors of what was called from them, as payers are reminded of invoices. */
@Injectable()
@HandlesOccurrence('drawdownCall.remind')
export class DrawdownReminders implements OccurrenceHandler {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  handle(tx: Tx, due: DueOccurrence[]): Promise<Outcome[]> {
    return remindOfDue(tx, due, {
      kind: 'drawdownCall',
      words: (call) => words[(call as RemindedCall).kind],
      url: `${this.config.publicUrl}/drawdown-calls`,
      read: remindedCalls,
    });
  }
}

interface RemindedCall extends RemindedOf {
  kind: CallKind;
}

const remindedCalls = (tx: Tx, ids: string[]): Promise<RemindedCall[]> =>
  tx.rows<RemindedCall>(
    `SELECT c.id, c.kind, o.id AS "payerId", o.name AS payer, o.email AS "payerEmail", b.title AS bond, n.name AS coalition,
       ${callReference} AS reference, c.currency, c.due_on AS "dueOn", c.amount, c.received,
       CASE WHEN c.cancelled_at IS NOT NULL THEN 'the call is cancelled'
         WHEN c.received >= c.amount THEN 'it has been paid' END AS "endedBecause"
     FROM drawdown_calls c JOIN bonds b ON b.id = c.bond_id JOIN bond_parties y ON y.id = c.party_id
     JOIN organisations o ON o.id = y.organisation_id JOIN coalitions n ON n.id = c.coalition_id
     WHERE c.id = ANY ($1::uuid[])`,
    [ids],
  );
