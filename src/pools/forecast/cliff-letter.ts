import type { Month } from '../../maths/day.js';
import { formatMoney } from '../../maths/money.js';
import { type RenderedLetter, renderLetter } from '../../platform/mail/letter.js';
import { monthText, plural } from '../../web/format.js';
import type { PoolForecast } from './pool-forecast.js';

/** Who is written to, in their own locale. */
export interface CliffReader {
  personId: string;
  name: string;
  email: string;
  locale: string;
}

export interface CliffMatter {
  pool: string;
  coalition: string;
  currency: string;
  month: Month;
  /** Calendar months until then. */
  monthsLeft: number;
  shortBy: bigint;
  forecast: PoolForecast;
  url: string;
}

/** Tells of a funding cliff before it happens: when, by how much, and what comes and goes until then. */
export function cliffLetter(matter: CliffMatter, reader: CliffReader): RenderedLetter {
  const { forecast, pool, monthsLeft } = matter;
  const money = (minor: bigint) => formatMoney(minor, matter.currency, reader.locale);
  const month = (name: Month) => monthText(name, reader.locale);
  const left = monthsLeft <= 0 ? 'this month' : `in ${plural(monthsLeft, 'month')}`;
  const until = forecast.months.filter((each) => each.month <= matter.month);
  return renderLetter({
    subject: `${pool} runs short in ${month(matter.month)}, by ${money(matter.shortBy)}`,
    preheader: `The funding cliff of ${matter.coalition} is ${left}.`,
    greeting: `Dear ${reader.name},`,
    paragraphs: [
      `As things stand, ${pool} of ${matter.coalition} cannot pay all that it has promised from ${month(matter.month)}: ` +
        `after its reserve it is short by ${money(matter.shortBy)}. That is ${left}.`,
      'A new pledge, an earlier instalment, or a later payment moves the cliff. The forecast shows each month.',
    ],
    facts: [
      ['Cash today, less fees owed', money(forecast.openingCash)],
      ['Still to come until then', money(until.reduce((sum, each) => sum + each.in, 0n))],
      ['To be paid until then', money(until.reduce((sum, each) => sum + each.out, 0n))],
      ['Reserve', money(forecast.reserve)],
    ],
    table: {
      headings: ['Month', 'In', 'Out', 'Cash at the end'],
      rows: until
        .slice(-8)
        .map((each) => [month(each.month), money(each.in), money(each.out), money(each.closingExpected)]),
      numeric: [1, 2, 3],
    },
    action: { label: 'Open the forecast', url: matter.url },
    why: `You get this because you fund ${matter.coalition} or look after it. It is sent six and three months ahead.`,
  });
}
