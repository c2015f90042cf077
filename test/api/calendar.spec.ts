import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  CalendarLinkAnswer,
  NewCalendarLinkAnswer,
} from '../../src/exchange/calendar/calendar-link.dto.js';
import type { Page } from '../../src/platform/http/list.js';
import { type Client, TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { award, foundCoalition, fund, type ProblemBody, type TestCoalition } from '../support/coalition.js';

let app: TestApp;
let coalition: TestCoalition;
let other: TestCoalition;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-12-01T09:00:00Z' });
  coalition = await foundCoalition(app, 'Dated Towns');
  other = await foundCoalition(app, 'Other Towns');
  const terms = {
    ...{ amount: '2000.00', startOn: '2027-01-01', endOn: '2027-12-31', firstOn: '2027-01-04' },
    ...{ everyMonths: 6, equalInstalments: 2 },
  };
  for (const each of [coalition, other]) {
    await fund(each, '50000.00');
    await award(each, terms);
    await app.drain();
  }
  const { finance, north, south, poolId } = coalition;
  for (const [funderId, reference] of [
    [north, 'NORTH-27'],
    [south, 'SOUTH-27'],
  ])
    await finance.must(
      finance.post(`/api/v1/pools/${poolId}/pledges`, {
        ...{ funderId, reference, amount: '1250.50', signedOn: '2026-12-01' },
        instalments: [{ dueOn: '2027-03-31', amount: '1250.50' }],
      }),
    );
});
afterAll(() => app?.stop());

const linkOf = (person: Client, name = 'Phone') =>
  person.must(person.post<NewCalendarLinkAnswer>('/api/v1/me/calendar-links', { name }));
const pathOf = ({ url }: NewCalendarLinkAnswer) => new URL(url).pathname;
const read = (path: string) => app.nest.inject({ method: 'GET', url: path });

interface Entry {
  day: string;
  title: string;
}

/** The entries of a feed, unfolded and unescaped. */
async function entriesOf(person: Client): Promise<Entry[]> {
  const { payload } = await read(pathOf(await linkOf(person)));
  return payload
    .replace(/\r\n[ \t]/g, '')
    .split('BEGIN:VEVENT')
    .slice(1)
    .map((entry) => ({
      day: /DTSTART;VALUE=DATE:(\d+)/.exec(entry)![1]!,
      title: /SUMMARY:(.*)/.exec(entry)![1]!.trim().replaceAll('\\', ''),
    }));
}

describe('a calendar', () => {
  it('shows a partner its own reports and instalments', async () => {
    const titles = (await entriesOf(coalition.partner)).map(({ day, title }) => `${day} ${title}`);
    const grant = (
      await app.rows<{ reference: string }>(`SELECT reference FROM grants WHERE coalition_id = $1`, [
        coalition.id,
      ])
    )[0]!.reference;
    expect(titles).toEqual([
      `20270104 Instalment £1,000.00: Stream Youth Work, ${grant}`,
      `20270705 Instalment £1,000.00: Stream Youth Work, ${grant}`,
      `20280130 Spend report due: Stream Youth Work, ${grant}`,
    ]);
  });

  it('shows a funder the whole pool, and of the pledges their own', async () => {
    const entries = await entriesOf(coalition.funder);
    const pledges = entries.filter(({ title }) => title.startsWith('Pledge'));
    expect(pledges).toEqual([
      { day: '20270331', title: 'Pledge due £1,250.50: North River Trust, NORTH-27' },
    ]);
    expect(entries).toHaveLength(4);
  });

  it('shows finance all of them', async () => {
    const pledges = (await entriesOf(coalition.finance)).filter(({ title }) => title.startsWith('Pledge'));
    expect(pledges.map(({ title }) => title.slice(-8)).sort()).toEqual(['NORTH-27', 'SOUTH-27']);
  });

  it('is a file that calendars take: whole days, each with an identity that stays', async () => {
    const link = await linkOf(coalition.partner);
    const answer = await read(pathOf(link));
    expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('private, no-store');
    const lines = answer.payload.split('\r\n');
    expect(lines[0]).toBe('BEGIN:VCALENDAR');
    expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    const identities = (text: string) => text.match(/^UID:.*$/gm)!;
    expect(new Set(identities(answer.payload)).size).toBe(3);
    expect(identities((await read(pathOf(link))).payload)).toEqual(identities(answer.payload));
    expect(answer.payload).toContain('DTEND;VALUE=DATE:20270105');
  });
});

describe('a private link', () => {
  it('is kept nowhere, and opens nothing once it is ended', async () => {
    const { partner } = coalition;
    const link = await linkOf(partner, 'Old phone');
    const secret = /([\w-]{43})\.ics$/.exec(link.url)![1]!;
    const [kept] = await app.rows(`SELECT to_jsonb(l)::text AS row FROM calendar_links l WHERE id = $1`, [
      link.id,
    ]);
    expect(JSON.stringify(kept)).not.toContain(secret);
    expect((await read(pathOf(link))).statusCode).toBe(200);
    const revoke = `/api/v1/me/calendar-links/${link.id}/revoke`;
    await partner.must(partner.post(revoke));
    expect((await read(pathOf(link))).statusCode).toBe(404);
    expect((await partner.post<ProblemBody>(revoke)).body.detail).toBe('This link is revoked already.');
  });

  it('is one’s own', async () => {
    const link = await linkOf(coalition.partner);
    const { funder } = coalition;
    expect((await funder.post(`/api/v1/me/calendar-links/${link.id}/revoke`)).status).toBe(404);
    const list = await funder.must(funder.get<Page<CalendarLinkAnswer>>('/api/v1/me/calendar-links'));
    expect(list.items.map(({ id }) => id)).not.toContain(link.id);
  });

  it('that nobody made opens nothing', async () => {
    expect((await read(`/calendar/${'a'.repeat(43)}.ics`)).statusCode).toBe(404);
    expect((await read('/calendar/short.ics')).statusCode).toBe(404);
  });

  it('needs a name', async () => {
    const { partner } = coalition;
    const answer = await partner.post<ProblemBody>('/api/v1/me/calendar-links', {});
    expect(answer.body.errors[0]!.pointer).toBe('/name');
  });

  it('is made, shown once and ended on a page', async () => {
    const browser = await Browser.of(app, coalition.backbone);
    const made = await browser.submit('/account/calendar', { name: 'Desk' });
    const address = /https?:\/\/[^"<]+\/calendar\/[\w-]{43}\.ics/.exec(made.html)?.[0];
    expect((await read(new URL(address!).pathname)).statusCode).toBe(200);
    expect((await browser.get('/account/calendar')).html).not.toContain('.ics');
    const [link] = await app.rows<{ id: string }>(`SELECT id FROM calendar_links WHERE name = 'Desk'`);
    await browser.submit(`/account/calendar/${link!.id}/revoke`, {}, '/account/calendar');
    expect((await read(new URL(address!).pathname)).statusCode).toBe(404);
  });
});
