import { describe, expect, it } from '@jest/globals';
import { v7 as newId } from 'uuid';
import { renderLetter } from './letter.js';
import { wrap } from './letter-text.js';
import { composeMessage } from './message.js';

const letter = {
  subject: 'Report\ndue <soon>',
  greeting: 'Dear Ana & Co,',
  paragraphs: [
    'The report of Bridge & Sons <b>Ltd</b> for the year is due on 30 Nov 2026, which is in seven days from now.',
  ],
  facts: [
    ['Grant', 'Core support 2026–2028'],
    ['Due', '30 Nov 2026'],
  ] as [string, string][],
  table: {
    headings: ['Goal', 'Spent'],
    rows: [
      ['Reading', '£1,200.00'],
      ['Health', '£80.50'],
    ],
    numeric: [1],
  },
  action: { label: 'Open the report', url: 'https://tributary.example/spend-reports/1?a=1&b=2' },
  links: [{ label: 'As PDF', url: 'https://tributary.example/f/1?x=1&y=2' }],
  closing: 'Thank you.',
  why: 'You get this because you report for Bridge & Sons.',
};

describe('a letter', () => {
  it('is plain text, 72 columns wide, with figures to the right', () => {
    expect(renderLetter(letter).text).toBe(
      [
        'Dear Ana & Co,',
        '',
        'The report of Bridge & Sons <b>Ltd</b> for the year is due on 30 Nov',
        '2026, which is in seven days from now.',
        '',
        'Grant: Core support 2026–2028',
        'Due:   30 Nov 2026',
        '',
        'Goal         Spent',
        '-------  ---------',
        'Reading  £1,200.00',
        'Health      £80.50',
        '',
        'Open the report:',
        'https://tributary.example/spend-reports/1?a=1&b=2',
        '',
        'As PDF:',
        'https://tributary.example/f/1?x=1&y=2',
        '',
        'Thank you.',
        '',
        '-- ',
        'You get this because you report for Bridge & Sons.',
        'Tributary',
        '',
      ].join('\n'),
    );
  });

  it('is HTML in which nothing it quotes is markup', () => {
    const { html } = renderLetter(letter);
    expect(html).toContain('Bridge &amp; Sons &lt;b>Ltd&lt;/b>');
    expect(html).toContain('href="https://tributary.example/spend-reports/1?a=1&amp;b=2"');
    expect(html).not.toMatch(/<script|<img|<link|src=/);
  });

  it('has a subject of one line', () => {
    expect(renderLetter(letter).subject).toBe('Report due <soon>');
  });

  it('shows a table that is too wide row by row', () => {
    const wide = 'A delivery partner with a name that goes on and on for quite a while';
    const { text } = renderLetter({
      ...letter,
      table: { headings: ['Partner', 'Due'], rows: [[wide, '30 Nov 2026, in seven days']] },
    });
    expect(text).toContain(`Partner:\n  ${wide}\nDue:     30 Nov 2026, in seven days`);
  });
});

describe('wrapping', () => {
  it('keeps a word that is longer than the line whole', () => {
    const address = `https://tributary.example/${'a'.repeat(80)}`;
    expect(wrap(`See ${address} for more`)).toBe(`See\n${address}\nfor more`);
  });

  it('keeps the breaks that were meant', () => {
    expect(wrap('One\nTwo')).toBe('One\nTwo');
  });
});

describe('a picture in a letter', () => {
  const picture = {
    fileName: 'chart.png',
    title: 'Pledged beside received',
    description: 'Pledged beside received, by year, 2026 to 2027.',
  };
  const { text, html } = renderLetter({ ...letter, picture });

  it('stands between facts and table, and says what it shows', () => {
    expect(html).toMatch(
      /<img src="cid:chart.png@tributary" alt="Pledged beside received, by year, 2026 to 2027."/,
    );
    expect(text).toContain(
      '30 Nov 2026\n\nPledged beside received. Pledged beside received, by year, 2026 to 2027.\n\nGoal',
    );
  });

  it('comes with its mail as part of the text, other files as files', async () => {
    const mail = { id: newId(), to: 'ana@example.org', subject: 'Report', text, html };
    const message = await composeMessage(
      { ...mail, createdAt: new Date('2026-12-01T08:00:00Z') },
      [
        { filename: 'report.pdf', contentType: 'application/pdf', content: Buffer.from('%PDF') },
        { filename: 'chart.png', contentType: 'image/png', content: Buffer.from('PNG') },
      ],
      { mailFrom: 'Tributary <no-reply@example.org>', publicUrl: 'https://tributary.example' },
    );
    const parts = message.toString().split(/^--/m);
    const partOf = (type: string) => parts.find((part) => part.includes(`Content-Type: ${type}`));
    expect(partOf('image/png')).toContain('Content-ID: <chart.png@tributary>');
    expect(partOf('image/png')).toContain('Content-Disposition: inline');
    expect(partOf('application/pdf')).toContain('Content-Disposition: attachment');
    expect(message.toString()).toContain('multipart/related');
  });
});
