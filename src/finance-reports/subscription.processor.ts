import { Inject, Injectable } from '@nestjs/common';
import { coalitionCalendar } from '../coalitions/coalition.js';
import type { Config } from '../platform/config/config.js';
import type { Tx } from '../platform/database/tx.js';
import { queueMails } from '../platform/mail/mail.js';
import { HandlesOccurrence, type OccurrenceHandler } from '../platform/queue/handlers.js';
import type { DueOccurrence, Outcome } from '../platform/queue/occurrences.js';
import { CONFIG } from '../platform/tokens.js';
import { plural } from '../web/format.js';
import { alarmMail, reportMail, type ReportReader } from './report-letters.js';
import type { ReportRun } from './runs.read.js';
import { RunsService } from './runs.service.js';
import { planNextRun, type Subscription, SubscriptionsService } from './subscriptions.service.js';

/** A report that is this much later than it was due was kept back by something: it says so. */
const LATE_AFTER_MS = 60 * 60 * 1000;

/** A subscription has come round: makes the report as of its due instant, and sends it to those who may see it. */
@Injectable()
@HandlesOccurrence('subscription.run')
export class SubscriptionDue implements OccurrenceHandler {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly runs: RunsService,
    private readonly subscriptions: SubscriptionsService,
  ) {}

  async handle(tx: Tx, due: DueOccurrence[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const occurrence of due) outcomes.push(await this.run(tx, occurrence));
    return outcomes;
  }

  private async run(tx: Tx, { subjectId, periodKey, dueAt }: DueOccurrence): Promise<Outcome> {
    const subscription = await this.subscriptions.get(tx, subjectId);
    if (subscription.state === 'ended') return { state: 'skipped', note: 'the subscription has ended' };
    await planNextRun(tx, subscription, dueAt);
    if (subscription.state === 'paused') return { state: 'skipped', note: 'the subscription is paused' };
    const late = tx.now.getTime() - dueAt.getTime() > LATE_AFTER_MS;
    const run = await this.runs.make(tx, {
      poolId: subscription.poolId,
      kind: subscription.kind,
      asOf: dueAt,
      subscription: { id: subscription.id, periodKey, late },
    });
    return run.state === 'made' ? this.send(tx, subscription, run) : this.raiseAlarm(tx, subscription, run);
  }

  private async send(tx: Tx, subscription: Subscription, run: ReportRun): Promise<Outcome> {
    const matter = await this.matter(tx, run);
    const allowed = subscription.recipients.filter(({ maySee }) => maySee).map(({ personId }) => personId);
    const readers = await readersOf(tx, allowed);
    await queueMails(
      tx,
      readers.map((reader) => reportMail(matter, reader)),
    );
    const lost = subscription.recipients.length - allowed.length;
    const left = lost > 0 ? `; left out, having lost the right to see it: ${lost}` : '';
    return { state: 'done', note: `sent to ${plural(readers.length, 'person', 'people')}${left}` };
  }

  private async raiseAlarm(tx: Tx, subscription: Subscription, run: ReportRun): Promise<Outcome> {
    const finance = await tx.rows<{ id: string }>(
      `SELECT DISTINCT person_id AS id FROM memberships WHERE coalition_id = $1 AND role = 'finance' AND since_on <= $2
         AND (until_on IS NULL OR until_on >= $2)`,
      [subscription.coalitionId, tx.now.toISOString().slice(0, 10)],
    );
    const readers = await readersOf(tx, [subscription.ownerId, ...finance.map(({ id }) => id)]);
    const matter = await this.matter(tx, run);
    await queueMails(
      tx,
      readers.map((reader) => alarmMail(matter, reader)),
    );
    return { state: 'done', note: 'made, does not tie to the ledger, sent to nobody; an alarm was raised' };
  }

  private async matter(tx: Tx, run: ReportRun) {
    const { timeZone } = await coalitionCalendar(tx, run.coalitionId);
    const fileIds = await tx.rows<{ fileId: string; fileName: string }>(
      `SELECT file_id AS "fileId", file_name AS "fileName" FROM report_files WHERE run_id = $1 ORDER BY format`,
      [run.id],
    );
    return { run, fileIds, timeZone, publicUrl: this.config.publicUrl };
  }
}

const readersOf = (tx: Tx, personIds: string[]): Promise<ReportReader[]> =>
  tx.rows<ReportReader>(
    `SELECT id AS "personId", name, email, locale FROM persons WHERE id = ANY ($1::uuid[]) ORDER BY name, id`,
    [personIds],
  );
