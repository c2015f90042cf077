import { formatMoney, parseAmount } from '../maths/money.js';
import { type Letter, renderLetter } from '../platform/mail/letter.js';
import type { MailDraft } from '../platform/mail/mail.js';
import { instantText } from '../web/format.js';
import { reportDefinitions } from './report-definitions.js';
import type { ReportRun } from './runs.read.js';

export interface ReportReader {
  personId: string;
  name: string;
  email: string;
  locale: string;
}

interface LetterMatter {
  run: ReportRun;
  fileIds: { fileId: string; fileName: string }[];
  timeZone: string;
  publicUrl: string;
}

/** The report itself: its main figures in the mail, the whole as a file. */
export function reportMail(
  { run, fileIds, timeZone, publicUrl }: LetterMatter,
  reader: ReportReader,
): MailDraft {
  const { figures } = run;
  const { title } = reportDefinitions[run.kind];
  const money = (text: string) =>
    formatMoney(parseAmount(text, figures.currency), figures.currency, reader.locale);
  const asOf = instantText(run.asOf, timeZone, reader.locale);
  const letter: Letter = {
    subject: `${title}: ${figures.pool}, ${asOf}`,
    preheader: `Available to pay out: ${money(figures.position.availableToDisburse)}.`,
    greeting: `Dear ${reader.name},`,
    paragraphs: [
      `Here is where ${figures.pool} of ${figures.coalition} stands as of ${asOf} (${timeZone}). Every figure ties to the ledger.`,
      ...(run.late ? ['It comes late: the service was not running when it was due.'] : []),
    ],
    facts: [
      ['Cash', money(figures.position.cash)],
      ['Available to pay out', money(figures.position.availableToDisburse)],
      ['Available to commit', money(figures.position.availableToCommit)],
      ['Pledged, still to come', money(figures.position.pledgesReceivable)],
      ['Committed to grants, not paid yet', money(figures.position.grantsOutstanding)],
    ],
    table: {
      headings: ['Funder', 'Pledged', 'Received', 'Balance'],
      rows: figures.funders.map((funder) => [
        funder.funder,
        money(funder.pledged),
        money(funder.received),
        money(funder.balance),
      ]),
      numeric: [1, 2, 3],
    },
    action: { label: 'Open the report and its proof', url: `${publicUrl}/report-runs/${run.id}` },
    why: `You get this because you are a recipient of a report on ${figures.pool}. Its owner can change that.`,
  };
  return draft(run, reader, letter, 'financeReport', fileIds);
}

/** The alarm: a report whose totals do not tie to the ledger was made, and not sent. */
export function alarmMail({ run, timeZone, publicUrl }: LetterMatter, reader: ReportReader): MailDraft {
  const { figures } = run;
  const { title } = reportDefinitions[run.kind];
  const off = run.controlTotals.filter(({ report, ledger }) => report !== ledger);
  const letter: Letter = {
    subject: `Not sent: ${title} of ${figures.pool} does not tie to the ledger`,
    greeting: `Dear ${reader.name},`,
    paragraphs: [
      `The report as of ${instantText(run.asOf, timeZone, reader.locale)} was made, but its totals do not tie to the ledger. It was sent to nobody.`,
      'Please have the ledger verified (npm run verify) before anybody relies on its figures.',
    ],
    table: {
      headings: ['Control total', 'Report', 'Ledger'],
      rows: off.map(({ name, report, ledger }) => [name, report, ledger]),
      numeric: [1, 2],
    },
    action: { label: 'See what does not tie', url: `${publicUrl}/report-runs/${run.id}` },
    why: 'You get this because you own the report or look after the finances of this coalition.',
  };
  return draft(run, reader, letter, 'financeReport.alarm', []);
}

const draft = (
  run: ReportRun,
  reader: ReportReader,
  letter: Letter,
  template: MailDraft['template'],
  attachments: MailDraft['attachments'],
): MailDraft => ({
  coalitionId: run.coalitionId,
  personId: reader.personId,
  to: reader.email,
  template,
  ...renderLetter(letter),
  cause: { kind: 'report.run', id: run.id, key: template },
  attachments,
});
