import { Inject, Injectable } from '@nestjs/common';
import { lettersOfRun, newestSteps, type Told } from '../../../notices/waiting/run-letters.js';
import type { Config } from '../../../platform/config/config.js';
import type { Tx } from '../../../platform/database/tx.js';
import { queueMails } from '../../../platform/mail/mail.js';
import { HandlesOccurrence, type OccurrenceHandler } from '../../../platform/queue/handlers.js';
import type { DueOccurrence, Outcome } from '../../../platform/queue/occurrences.js';
import { CONFIG } from '../../../platform/tokens.js';
import { plural } from '../../../web/format.js';
import { type Signatory, signatoriesOf } from '../approvals.read.js';
import type { ApprovalState } from '../approval.rules.js';
import { type ApprovalInLetter, approvalLetter } from './approval-letter.js';

interface AskedApproval extends Omit<ApprovalInLetter, 'url'> {
  id: string;
  state: ApprovalState;
}

/** Tells those who can sign what waits for them, and reminds them: each in one letter, however much was asked for. */
@Injectable()
@HandlesOccurrence('approval.remind')
export class ApprovalReminders implements OccurrenceHandler {
  /** So that a whole payment run is told of in one letter. */
  readonly most = 1_000;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async handle(tx: Tx, due: DueOccurrence[]): Promise<Outcome[]> {
    const ids = [...new Set(due.map(({ subjectId }) => subjectId))];
    const approvals = await askedApprovals(tx, ids);
    const newest = await newestSteps(tx, 'approval.remind', ids);
    const readers = await signatoriesOf(tx, due[0]!.coalitionId, ids);
    const { publicUrl } = this.config;
    const told: Told<ApprovalInLetter, Signatory>[] = [];
    const outcomes = due.map((occurrence): Outcome => {
      const { subjectId: id, periodKey: step } = occurrence;
      const approval = approvals.get(id)!;
      if (approval.state !== 'open') return { state: 'skipped', note: `it is ${approval.state}` };
      if (newest.get(id) !== step)
        return { state: 'skipped', note: `a later reminder replaces it (${newest.get(id)})` };
      const mine = readers.get(id) ?? [];
      if (mine.length === 0) return { state: 'skipped', note: 'nobody to write to: no one else can sign it' };
      told.push({ occurrence, matter: { ...approval, url: `${publicUrl}/approvals/${id}` }, readers: mine });
      return { state: 'done', note: `written to ${plural(mine.length, 'reader')}` };
    });
    await queueMails(
      tx,
      lettersOfRun(told, 'approval.waiting', (waiting) => approvalLetter(waiting, `${publicUrl}/approvals`)),
    );
    return outcomes;
  }
}

async function askedApprovals(tx: Tx, ids: string[]): Promise<Map<string, AskedApproval>> {
  const rows = await tx.rows<AskedApproval>(
    `SELECT a.id, a.state, a.summary, a.required, a.made_at AS "madeAt", m.name AS "madeByName", c.name AS coalition,
       c.time_zone AS "timeZone", l.name AS pool,
       (SELECT count(*)::int FROM approval_signatures s WHERE s.approval_id = a.id AND s.verdict = 'approve') AS given
     FROM approvals a JOIN persons m ON m.id = a.made_by JOIN coalitions c ON c.id = a.coalition_id
     LEFT JOIN pools l ON l.id = a.pool_id WHERE a.id = ANY ($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
