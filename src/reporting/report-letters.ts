import { type Day, daysBetween } from '../maths/day.js';
import { type RenderedLetter, renderLetter } from '../platform/mail/letter.js';
import { dayText, plural } from '../web/format.js';
import { periodText } from './period-text.js';

/** The report that a letter is about. */
export interface ReportInLetter {
  coalition: string;
  organisation: string;
  grant: string;
  periodFrom: Day;
  periodTo: Day;
  dueOn: Day;
  /** The last day of grace, where there is some. */
  lateAfter?: Day;
  /** Where the report's form is. */
  url: string;
}

export interface LetterReader {
  name: string;
  locale: string;
}

/** To the partner's people: a report is due, or overdue. `today` is the day where the coalition is. */
export function reminderLetter(report: ReportInLetter, reader: LetterReader, today: Day): RenderedLetter {
  const { organisation, grant } = report;
  const daysLeft = daysBetween(today, report.dueOn);
  const due = dayText(report.dueOn, reader.locale);
  const opening = `The spend report of ${organisation} for ${periodText(report, reader.locale)}`;
  const work = 'What was paid to you is filled in already: say what was spent on each goal, and how it went.';
  const lateAfter = report.lateAfter ?? report.dueOn;
  const isLate = lateAfter < today;
  const isGrace = daysLeft < 0 && !isLate;
  return renderLetter({
    subject: isLate ? `Overdue since ${due}: report on ${grant}` : `Report on ${grant} due on ${due}`,
    greeting: `Dear ${reader.name},`,
    paragraphs: isLate
      ? [
          `${opening} was due on ${due}, ${plural(-daysLeft, 'day')} ago.`,
          `${work} If something stands in the way, tell the backbone: that helps more than silence.`,
        ]
      : [
          isGrace
            ? `${opening} was due on ${due}, and is late from the day after ${dayText(lateAfter, reader.locale)}.`
            : `${opening} is due ${whenDue(daysLeft)}, on ${due}.`,
          work,
        ],
    facts: factsOf(report, reader),
    action: { label: 'Open the report', url: report.url },
    why: whyPartner(report),
  });
}

/** To the partner's people: the backbone has read the report, and asks for something. */
export function returnedLetter(
  report: ReportInLetter,
  reader: LetterReader,
  {
    reviewer,
    comment,
    fields,
  }: { reviewer: string; comment: string; fields: readonly { field: string; comment: string }[] },
): RenderedLetter {
  return renderLetter({
    subject: `Returned to you: report on ${report.grant}`,
    greeting: `Dear ${reader.name},`,
    paragraphs: [
      `${reviewer} has returned the spend report of ${report.organisation} for ${periodText(report, reader.locale)}, and writes:`,
      `“${comment}”`,
      ...fields.map((at) => `${at.field}: “${at.comment}”`),
      'Everything you wrote is still there. Change what is needed, and submit it again.',
    ],
    facts: factsOf(report, reader),
    action: { label: 'Change the report', url: report.url },
    why: whyPartner(report),
  });
}

/** To the partner's people: a returned report has not come back yet. */
export function stillReturnedLetter(
  report: ReportInLetter,
  reader: LetterReader,
  comment: string,
): RenderedLetter {
  return renderLetter({
    subject: `Still to be changed: report on ${report.grant}`,
    greeting: `Dear ${reader.name},`,
    paragraphs: [
      `The spend report of ${report.organisation} for ${periodText(report, reader.locale)} was returned to you, and waits to be submitted again. The comment was:`,
      `“${comment}”`,
    ],
    facts: factsOf(report, reader),
    action: { label: 'Change the report', url: report.url },
    why: whyPartner(report),
  });
}

/** To the backbone's people and the funders': reminding the partner did not help. `people` are those reminded there. */
export function escalationLetter(
  report: ReportInLetter,
  reader: LetterReader & { as?: 'backbone' | 'funder' },
  today: Day,
  people: readonly string[],
): RenderedLetter {
  const { organisation, grant, coalition } = report;
  const late = plural(daysBetween(report.dueOn, today), 'day');
  const due = dayText(report.dueOn, reader.locale);
  return renderLetter({
    subject: `${late} overdue: report of ${organisation} on ${grant}`,
    greeting: `Dear ${reader.name},`,
    paragraphs: [
      `${organisation} has not submitted its spend report for ${periodText(report, reader.locale)}. It was due on ${due}, ${late} ago.`,
      people.length > 0
        ? `The reminders go to ${people.join(', ')}. No more will follow by themselves: a word from you may help.`
        : `Nobody can be reminded: ${organisation} has no people in ${coalition}. Give somebody a seat as its partner.`,
    ],
    facts: factsOf(report, reader),
    action: { label: 'Open the report', url: report.url },
    why:
      reader.as === 'funder'
        ? `You get this because you fund ${coalition}. Its backbone is told too.`
        : `You get this because you serve ${coalition} as its backbone.`,
  });
}

function whenDue(daysLeft: number): string {
  if (daysLeft === 0) return 'today';
  return daysLeft === 1 ? 'tomorrow' : `in ${plural(daysLeft, 'day')}`;
}

const factsOf = (report: ReportInLetter, { locale }: LetterReader): [string, string][] => [
  ['Grant', report.grant],
  ['Period', periodText(report, locale)],
  ['Due on', dayText(report.dueOn, locale)],
  ['Coalition', report.coalition],
];

const whyPartner = ({ organisation, coalition }: ReportInLetter): string =>
  `You get this because you report for ${organisation} in ${coalition}. Once the report is submitted, no reminder follows.`;
