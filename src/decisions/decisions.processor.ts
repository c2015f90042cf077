import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../platform/config/config.js';
import type { Tx } from '../platform/database/tx.js';
import { type MailDraft, queueMails } from '../platform/mail/mail.js';
import { HandlesOccurrence, type OccurrenceHandler } from '../platform/queue/handlers.js';
import type { DueOccurrence, Outcome } from '../platform/queue/occurrences.js';
import { CONFIG } from '../platform/tokens.js';
import { plural } from '../web/format.js';
import { reminderLetter } from './decision-letters.js';
import { readRoll } from './decision-record.js';
import { readDecision } from './decisions.read.js';
import { VotingService } from './voting.service.js';

/** The last day of a vote is over: it is counted. */
@Injectable()
@HandlesOccurrence('decision.close')
export class DecisionClosing implements OccurrenceHandler {
  constructor(private readonly voting: VotingService) {}

  async handle(tx: Tx, due: DueOccurrence[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const { subjectId } of due) {
      const { state } = await readDecision(tx, subjectId);
      if (state === 'open') {
        const closed = await this.voting.close(tx, subjectId);
        outcomes.push({ state: 'done', note: closed.state });
      } else outcomes.push({ state: 'skipped', note: `the decision is ${state} already` });
    }
    return outcomes;
  }
}

/** Reminds those who have not voted. After a pause only the newest reminder is sent. */
@Injectable()
@HandlesOccurrence('decision.remind')
export class VoteReminders implements OccurrenceHandler {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async handle(tx: Tx, due: DueOccurrence[]): Promise<Outcome[]> {
    const drafts: MailDraft[] = [];
    const outcomes: Outcome[] = [];
    for (const occurrence of due) outcomes.push(await this.remind(tx, occurrence, drafts));
    await queueMails(tx, drafts);
    return outcomes;
  }

  private async remind(
    tx: Tx,
    { subjectId, periodKey, dueAt }: DueOccurrence,
    drafts: MailDraft[],
  ): Promise<Outcome> {
    const decision = await readDecision(tx, subjectId);
    if (decision.state !== 'open') return { state: 'skipped', note: `the decision is ${decision.state}` };
    const later = await tx.row(
      `SELECT 1 FROM occurrences WHERE kind = 'decision.remind' AND subject_id = $1 AND due_at > $2 AND due_at <= $3`,
      [subjectId, dueAt, tx.now],
    );
    if (later) return { state: 'skipped', note: 'a later reminder replaces it' };
    const silent = (await readRoll(tx, subjectId))
      .filter(({ recused, ballotId }) => recused === null && ballotId === null)
      .map(({ personId }) => personId);
    if (silent.length === 0) return { state: 'skipped', note: 'everybody has voted' };
    const readers = await tx.rows<{
      id: string;
      name: string;
      email: string;
      locale: string;
      coalition: string;
    }>(
      `SELECT p.id, p.name, p.email, p.locale, c.name AS coalition FROM persons p, coalitions c
       WHERE p.id = ANY ($1::uuid[]) AND c.id = $2 ORDER BY p.name, p.id`,
      [silent, decision.coalitionId],
    );
    const url = `${this.config.publicUrl}/decisions/${subjectId}`;
    for (const reader of readers)
      drafts.push({
        ...{
          coalitionId: decision.coalitionId,
          personId: reader.id,
          to: reader.email,
          template: 'decision.reminder',
        },
        ...reminderLetter({ ...decision, coalition: reader.coalition, url }, reader),
        cause: { kind: 'decision.remind', id: subjectId, key: periodKey },
      });
    return { state: 'done', note: `written to ${plural(readers.length, 'reader')}` };
  }
}
