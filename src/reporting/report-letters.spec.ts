import { describe, expect, it } from '@jest/globals';
import {
  escalationLetter,
  reminderLetter,
  type ReportInLetter,
  returnedLetter,
  stillReturnedLetter,
} from './report-letters.js';

const report: ReportInLetter = {
  coalition: 'Harbour Young People',
  organisation: 'Riverside Youth',
  grant: 'Core support 2027–2031',
  periodFrom: '2027-01-01',
  periodTo: '2027-03-31',
  dueOn: '2027-04-30',
  url: 'https://tributary.example/spend-reports/7',
};
const omar = { name: 'Omar Haddad', locale: 'en-GB' };

const foot = `Grant:     Core support 2027–2031
Period:    1 Jan 2027 – 31 Mar 2027
Due on:    30 Apr 2027
Coalition: Harbour Young People

Open the report:
https://tributary.example/spend-reports/7

-- 
You get this because you report for Riverside Youth in Harbour Young
People. Once the report is submitted, no reminder follows.
Tributary
`;

describe('a reminder', () => {
  it('says what is due, when, and what there is to do', () => {
    const letter = reminderLetter(report, omar, '2027-04-09');
    expect(letter.subject).toBe('Report on Core support 2027–2031 due on 30 Apr 2027');
    expect(letter.text).toBe(`Dear Omar Haddad,

The spend report of Riverside Youth for 1 Jan 2027 – 31 Mar 2027 is due
in 21 days, on 30 Apr 2027.

What was paid to you is filled in already: say what was spent on each
goal, and how it went.

${foot}`);
  });

  it.each([
    ['2027-04-23', 'is due\nin 7 days, on 30 Apr 2027.'],
    ['2027-04-29', 'is due\ntomorrow, on 30 Apr 2027.'],
    ['2027-04-30', 'is due\ntoday, on 30 Apr 2027.'],
  ])('counts the days on %s', (today, words) => {
    expect(reminderLetter(report, omar, today).text).toContain(words);
  });

  it('offers help when the day has passed', () => {
    const letter = reminderLetter(report, omar, '2027-05-03');
    expect(letter.subject).toBe('Overdue since 30 Apr 2027: report on Core support 2027–2031');
    expect(letter.text).toBe(`Dear Omar Haddad,

The spend report of Riverside Youth for 1 Jan 2027 – 31 Mar 2027 was due
on 30 Apr 2027, 3 days ago.

What was paid to you is filled in already: say what was spent on each
goal, and how it went. If something stands in the way, tell the
backbone: that helps more than silence.

${foot}`);
  });

  it('is written in the way of its reader, and carries what it quotes escaped', () => {
    const letter = reminderLetter(
      { ...report, grant: '<b>Core</b>' },
      { name: 'Mary Ann', locale: 'en-US' },
      '2027-04-09',
    );
    expect(letter.subject).toBe('Report on <b>Core</b> due on Apr 30, 2027');
    expect(letter.html).toContain('&lt;b>Core&lt;/b>');
    expect(letter.html).toContain('href="https://tributary.example/spend-reports/7"');
  });
});

describe('an escalation', () => {
  it('tells the backbone who is late, and who was asked', () => {
    const letter = escalationLetter(report, { name: 'Bea', locale: 'en-GB' }, '2027-05-14', [
      'Lena Brandt',
      'Omar Haddad',
    ]);
    expect(letter.subject).toBe('14 days overdue: report of Riverside Youth on Core support 2027–2031');
    expect(letter.text).toContain(`Riverside Youth has not submitted its spend report for 1 Jan 2027 – 31
Mar 2027. It was due on 30 Apr 2027, 14 days ago.

The reminders go to Lena Brandt, Omar Haddad. No more will follow by
themselves: a word from you may help.`);
    expect(letter.text).toContain('because you serve Harbour Young People as its backbone.');
  });

  it('tells the funders too, and that they are not alone', () => {
    const reader = { name: 'Ana', locale: 'en-GB', as: 'funder' as const };
    const { text } = escalationLetter(report, reader, '2027-05-14', []);
    expect(text).toContain('because you fund Harbour Young People. Its backbone is told');
  });

  it('says when there is nobody to ask', () => {
    const letter = escalationLetter(report, { name: 'Bea', locale: 'en-GB' }, '2027-05-14', []);
    expect(letter.text).toContain(`Nobody can be reminded: Riverside Youth has no people in Harbour Young
People. Give somebody a seat as its partner.`);
  });
});

describe('a returned report', () => {
  it('comes back with the comment, in the reviewer’s words', () => {
    const letter = returnedLetter(report, omar, {
      reviewer: 'Bea Lindqvist',
      comment: 'More on buses?',
      fields: [{ field: 'Story', comment: 'How many young people came?' }],
    });
    expect(letter.subject).toBe('Returned to you: report on Core support 2027–2031');
    expect(letter.text).toContain(`Bea Lindqvist has returned the spend report of Riverside Youth for 1 Jan
2027 – 31 Mar 2027, and writes:

“More on buses?”

Story: “How many young people came?”

Everything you wrote is still there. Change what is needed, and submit
it again.`);
  });

  it('is asked for again with the comment', () => {
    const letter = stillReturnedLetter(report, omar, 'More on buses?');
    expect(letter.subject).toBe('Still to be changed: report on Core support 2027–2031');
    expect(letter.text).toContain('waits to be submitted again. The comment was:');
    expect(letter.text).toContain('“More on buses?”');
  });
});
