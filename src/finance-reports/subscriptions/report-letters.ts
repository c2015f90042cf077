import { type Letter, renderLetter } from '../../platform/mail/letter.js';
import type { LetterPicture } from '../../platform/mail/letter-parts.js';
import type { MailDraft } from '../../platform/mail/mail.js';
import { instantText } from '../../web/format.js';
import { definitionOf } from '../definitions/report-definitions.js';
import { scopeOf } from '../documents/compose-report.js';
import type { ReportRun } from '../runs/runs.read.js';
import { figuresOf } from './report-figures.js';

export interface ReportReader {
  personId: string;
  name: string;
  email: string;
  locale: string;
}

export interface LetterMatter {
  run: ReportRun;
  /** The files that go along: none where they are too large. */
  attached: { fileId: string; fileName: string }[];
  /** A chart of it, which the mail shows. */
  picture?: LetterPicture & { fileId: string };
  timeZone: string;
  publicUrl: string;
  /** The sealed address of a file, for one reader. */
  linkTo: (format: string, personId: string) => string;
}

/** The report itself: its main figures in the mail, the whole as files. */
export function reportMail(matter: LetterMatter, reader: ReportReader): MailDraft {
  const { run, picture, timeZone, publicUrl } = matter;
  const { title } = definitionOf(run.kind);
  const about = aboutOf(run);
  const asOf = instantText(run.asOf, timeZone, reader.locale);
  const figures = figuresOf(run.sections, { locale: reader.locale, timeZone });
  const [main] = figures.facts ?? [];
  const letter: Letter = {
    subject: `${title}: ${about}, ${asOf}`,
    ...(main ? { preheader: `${main[0]}: ${main[1]}.` } : {}),
    greeting: `Dear ${reader.name},`,
    paragraphs: [
      `Here is the report “${title}” on ${about} as of ${asOf} (${timeZone}). Every figure ties to the ledger.`,
      ...(run.late ? ['It comes late: the service was not running when it was due.'] : []),
      matter.attached.length < run.files.length
        ? 'Its files are too large for a mail: the links below lead to them for a week, and only for you.'
        : 'Its files are attached; the links below lead to them for a week, and only for you.',
    ],
    ...figures,
    ...(picture ? { picture } : {}),
    action: { label: 'Open the report and its proof', url: `${publicUrl}/report-runs/${run.id}` },
    links: run.files.map(({ format, fileName }) => ({
      label: fileName,
      url: matter.linkTo(format, reader.personId),
    })),
    why: `You get this because you are a recipient of a report on ${about}. Its owner can change that.`,
  };
  return draft(run, reader, letter, 'financeReport', [...matter.attached, ...(picture ? [picture] : [])]);
}

/** The alarm: a report whose totals do not tie to the ledger was made, and not sent. */
export function alarmMail({ run, timeZone, publicUrl }: LetterMatter, reader: ReportReader): MailDraft {
  const { title } = definitionOf(run.kind);
  const off = run.sections.flatMap(({ pool, controlTotals }) =>
    controlTotals
      .filter(({ report, ledger }) => report !== ledger)
      .map(({ name, report, ledger }) => [
        run.sections.length > 1 ? `${pool}: ${name}` : name,
        report,
        ledger,
      ]),
  );
  const letter: Letter = {
    subject: `Not sent: ${title} of ${aboutOf(run)} does not tie to the ledger`,
    greeting: `Dear ${reader.name},`,
    paragraphs: [
      `The report as of ${instantText(run.asOf, timeZone, reader.locale)} was made, but its totals do not tie to the ledger. It was sent to nobody.`,
      'Please have the ledger verified (npm run verify) before anybody relies on its figures.',
    ],
    table: { headings: ['Control total', 'Report', 'Ledger'], rows: off, numeric: [1, 2] },
    action: { label: 'See what does not tie', url: `${publicUrl}/report-runs/${run.id}` },
    why: 'You get this because you own the report or look after the finances of this coalition.',
  };
  return draft(run, reader, letter, 'financeReport.alarm', []);
}

/** A report could not be made, for good. */
export function failureMail({ run, timeZone, publicUrl }: LetterMatter, reader: ReportReader): MailDraft {
  const { title } = definitionOf(run.kind);
  const letter: Letter = {
    subject: `Not made: ${title} of ${aboutOf(run)}`,
    greeting: `Dear ${reader.name},`,
    paragraphs: [
      `The report as of ${instantText(run.asOf, timeZone, reader.locale)} could not be made, and there is no file of it. It was sent to nobody.`,
      `The reason: ${run.failure ?? 'unknown.'}`,
      'Ask for it again when that is mended: it will say what it would have said.',
    ],
    facts: [['Tried', run.attempts === 1 ? 'once' : `${run.attempts} times`]],
    action: { label: 'See the report', url: `${publicUrl}/report-runs/${run.id}` },
    why: 'You get this because you own the report or look after the finances of this coalition.',
  };
  return draft(run, reader, letter, 'financeReport.failed', []);
}

/** A mail server would not take the report for somebody, or it is unknown whether it did. */
export function refusedMail(
  { run, timeZone, publicUrl }: LetterMatter,
  refused: { name: string | null; to: string; problem: string | null }[],
  reader: ReportReader,
): MailDraft {
  const { title } = definitionOf(run.kind);
  const people = refused.map(({ name, to }) => name ?? to).join(', ');
  const letter: Letter = {
    subject: `Not delivered: ${title} of ${aboutOf(run)}, to ${people}`,
    greeting: `Dear ${reader.name},`,
    paragraphs: [
      `The report as of ${instantText(run.asOf, timeZone, reader.locale)} was made and sent, but it did not reach everybody. Whom it did not reach can open it on its page.`,
      'Have their addresses mended, or take them off the subscription.',
    ],
    table: {
      headings: ['Recipient', 'What their mail server said'],
      rows: refused.map(({ name, to, problem }) => [
        name === null ? to : `${name} (${to})`,
        problem ?? 'nothing; nobody knows whether it arrived',
      ]),
    },
    action: { label: 'See where it went', url: `${publicUrl}/report-runs/${run.id}#deliveries` },
    why: 'You get this because you own the report or look after the finances of this coalition.',
  };
  const key = `financeReport.refused ${refused.map(({ to }) => to).join(' ')}`;
  const mail = draft(run, reader, letter, 'financeReport.refused', []);
  return { ...mail, cause: { ...mail.cause, key } };
}

/** Whose money a run is about, where that is known. */
export const aboutOf = ({ pools, coalitionIds }: Pick<ReportRun, 'pools' | 'coalitionIds'>): string =>
  pools.length > 0 ? scopeOf(pools) : `${coalitionIds.length} coalitions`;

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
