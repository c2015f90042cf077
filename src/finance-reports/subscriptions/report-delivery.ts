import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../platform/config/config.js';
import type { Tx } from '../../platform/database/tx.js';
import { storeFile } from '../../platform/files/files.js';
import { queueMails } from '../../platform/mail/mail.js';
import { CONFIG } from '../../platform/tokens.js';
import { DownloadLinks } from '../runs/download-links.js';
import { goAlong } from '../runs/run.rules.js';
import type { Delivery, ReportRun } from '../runs/runs.read.js';
import { chartPicture } from '../writers/chart-picture.js';
import { LOCALE } from '../writers/words.js';
import { planArrivalCheck } from './report-arrival.js';
import { chartOfMail } from './report-figures.js';
import {
  alarmMail,
  failureMail,
  type LetterMatter,
  refusedMail,
  reportMail,
  type ReportReader,
} from './report-letters.js';
import { recipientsOf } from './subscriptions.service.js';

/** Sends what was made to those who may see it, and tells its owner where something went wrong. */
@Injectable()
export class ReportDelivery {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly links: DownloadLinks,
  ) {}

  /**
   * Sends a report that ties to the recipients of its subscription who may see all of it today; raises an alarm over
   * one that does not. In the transaction in which it was made: it goes out once, if it was made.
   */
  async deliver(tx: Tx, run: ReportRun): Promise<void> {
    if (run.subscriptionId === null || run.isPreview) return;
    const matter = await this.matter(tx, run);
    if (run.state !== 'made') {
      const readers = await readersOf(tx, [run.ownerId, ...(await financeOf(tx, run.coalitionId))]);
      await queueMails(
        tx,
        readers.map((reader) => alarmMail(matter, reader)),
      );
      return;
    }
    const coalitionIds = [...new Set(run.pools.map(({ coalitionId }) => coalitionId))];
    const recipients = await recipientsOf(tx, run.subscriptionId, coalitionIds);
    const allowed = recipients.filter(({ maySee }) => maySee).map(({ personId }) => personId);
    const readers = await readersOf(tx, allowed);
    const picture = await keepPicture(tx, run);
    await queueMails(
      tx,
      readers.map((reader) => reportMail({ ...matter, picture }, reader)),
    );
    await planArrivalCheck(tx, run, 1);
  }

  /** A report could not be made: its owner is told why; where they have left, those who look after the finances. */
  async tellOfFailure(tx: Tx, run: ReportRun): Promise<void> {
    const matter = await this.matter(tx, run);
    const readers = await ownersOf(tx, run);
    await queueMails(
      tx,
      readers.map((reader) => failureMail(matter, reader)),
    );
  }

  /** Mail servers would not take a report for some of its recipients: its owner is told whom, and why. */
  async tellOfRefusals(tx: Tx, run: ReportRun, refused: Delivery[]): Promise<void> {
    const matter = await this.matter(tx, run);
    const readers = await ownersOf(tx, run);
    await queueMails(
      tx,
      readers.map((reader) => refusedMail(matter, refused, reader)),
    );
  }

  private async matter(tx: Tx, run: ReportRun): Promise<LetterMatter> {
    const files = await tx.rows<{ fileId: string; fileName: string }>(
      `SELECT file_id AS "fileId", file_name AS "fileName" FROM report_files WHERE run_id = $1 ORDER BY format`,
      [run.id],
    );
    const home = await tx.row<{ timeZone: string }>(
      `SELECT time_zone AS "timeZone" FROM coalitions WHERE id = $1`,
      [run.coalitionId],
    );
    return {
      run,
      attached: goAlong(run.files) ? files : [],
      timeZone: home!.timeZone,
      publicUrl: this.config.publicUrl,
      linkTo: (format, personId) => this.links.to({ runId: run.id, format, personId }, tx.now),
    };
  }
}

/** The owner of a report; where they have left, those who look after the finances of its coalition. */
async function ownersOf(tx: Tx, run: ReportRun): Promise<ReportReader[]> {
  const owner = await readersOf(tx, [run.ownerId]);
  return owner.length > 0 ? owner : readersOf(tx, await financeOf(tx, run.coalitionId));
}

/** Keeps the chart that mails of a report show, if it has one. */
async function keepPicture(tx: Tx, run: ReportRun): Promise<LetterMatter['picture']> {
  const chart = chartOfMail(run.sections, LOCALE);
  if (!chart) return undefined;
  const { title, description, narrow } = chart;
  const content = chartPicture(narrow);
  const { coalitionId, coalitionIds } = run;
  const { id } = await storeFile(tx, { coalitionId, coalitionIds, mediaType: 'image/png', content });
  return { fileId: id, fileName: 'chart.png', title, description };
}

const readersOf = (tx: Tx, personIds: string[]): Promise<ReportReader[]> =>
  tx.rows<ReportReader>(
    `SELECT id AS "personId", name, email, locale FROM persons WHERE id = ANY ($1::uuid[]) ORDER BY name, id`,
    [personIds],
  );

async function financeOf(tx: Tx, coalitionId: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    `SELECT DISTINCT person_id AS id FROM memberships WHERE coalition_id = $1 AND role = 'finance' AND since_on <= $2
       AND (until_on IS NULL OR until_on >= $2)`,
    [coalitionId, tx.now.toISOString().slice(0, 10)],
  );
  return rows.map(({ id }) => id);
}
