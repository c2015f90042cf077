import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import type { NoticeAnswer, NoticeTextAnswer } from '../../src/notices/inbox/notice.dto.js';
import type { Page } from '../../src/platform/http/list.js';
import { runChecks } from '../../src/platform/verify/check.js';
import type { SpendReportSummaryAnswer } from '../../src/reporting/spend-report.dto.js';
import { type Client, TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { award, foundCoalition, fund, type ProblemBody, type TestCoalition } from '../support/coalition.js';

let app: TestApp;
let coalition: TestCoalition;
let coalitions = 0;
let reportId: string;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-12-01T09:00:00Z' });
});
afterAll(() => app?.stop());
/** Two grants of one partner over 2027, each reported on by the end of January 2028. */
beforeEach(async () => {
  app.clock.moveTo(new Date('2026-12-01T09:00:00Z'));
  coalitions += 1;
  coalition = await foundCoalition(app, `Told Towns ${coalitions}`);
  await fund(coalition, '500000.00');
  const terms = {
    ...{ amount: '1000.00', startOn: '2027-01-01', endOn: '2027-12-31', firstOn: '2027-01-04' },
    ...{ everyMonths: 12, equalInstalments: 1 },
  };
  const grantId = await award(coalition, terms);
  await award(coalition, terms);
  await app.drain();
  const { partner } = coalition;
  const reports = await partner.must(
    partner.get<Page<SpendReportSummaryAnswer>>(`/api/v1/grants/${grantId}/spend-reports`),
  );
  reportId = reports.items[0]!.id;
});

const prefer = (person: Client, wish: object) =>
  person.send<ProblemBody>({ method: 'PATCH', url: '/api/v1/me/mail-preferences', payload: wish });
const mails = (person = coalition.partner) =>
  app.rows<{ template: string; state: string }>(
    `SELECT template, state FROM mail_messages WHERE person_id = $1 AND coalition_id = $2 ORDER BY created_at, id`,
    [person.id, coalition.id],
  );
const inboxOf = (person: Client, query = '') =>
  person.must(person.get<Page<NoticeAnswer>>(`/api/v1/me/notices${query}`));
const reminders = (state: string, count = 2) =>
  Array.from({ length: count }, () => ({ template: 'reporting.reminder', state }));

async function handIn(partner: Client): Promise<void> {
  const path = `/api/v1/spend-reports/${reportId}`;
  const { version } = await partner.must(partner.get<{ version: number }>(path));
  await partner.must(partner.patch(path, { story: 'Two new evenings a week.' }, version));
  await partner.must(partner.post(`${path}/submit`));
}

/** 21 days before both reports are due, at eight. */
const firstReminders = () => app.moveTo('2028-01-09T08:30:00Z');

describe('a reminder', () => {
  it('is a mail and a notice at once, as long as nobody wants it otherwise', async () => {
    await firstReminders();
    expect(await mails()).toEqual(reminders('queued'));
    expect((await inboxOf(coalition.partner)).items).toEqual([
      expect.objectContaining({ topic: 'reports', readAt: null, coalition: `Told Towns ${coalitions}` }),
      expect.objectContaining({ topic: 'reports', readAt: null }),
    ]);
  });

  it('stays in the inbox of who wants no mail', async () => {
    await prefer(coalition.partner, { reports: 'inbox' });
    await firstReminders();
    expect(await mails()).toEqual(reminders('inbox'));
    expect((await inboxOf(coalition.partner, '?state=unread')).total).toBe(2);
  });
});

describe('a digest', () => {
  it('tells in one mail of what has waited for it', async () => {
    await prefer(coalition.partner, { reports: 'daily' });
    // 9 January 2028 is a Sunday.
    await firstReminders();
    expect(await mails()).toEqual(reminders('waiting'));
    await app.moveTo('2028-01-09T23:00:00Z');
    expect(await mails()).toEqual(reminders('waiting'));
    await app.moveTo('2028-01-10T09:00:00Z');
    expect(await mails()).toEqual([...reminders('digested'), { template: 'mail.digest', state: 'queued' }]);
    const [digest] = await app.rows<{ subject: string; text: string }>(
      `SELECT subject, text_body AS text FROM mail_messages WHERE template = 'mail.digest' AND coalition_id = $1`,
      [coalition.id],
    );
    expect(digest!.subject).toBe(`Told Towns ${coalitions}: 2 notices today`);
    expect(digest!.text.match(/9 Jan 2028/g)).toHaveLength(2);
    expect((await inboxOf(coalition.partner)).total).toBe(2);
    await app.moveTo('2028-01-11T10:00:00Z');
    expect((await mails()).filter(({ template }) => template === 'mail.digest')).toHaveLength(1);
  });

  it('of a week comes on Monday', async () => {
    await prefer(coalition.partner, { reports: 'weekly' });
    await app.moveTo('2028-01-09T08:30:00Z');
    await app.moveTo('2028-01-10T08:59:00Z');
    expect(await mails()).toEqual(reminders('waiting'));
    await app.moveTo('2028-01-10T09:00:00Z');
    expect((await mails()).at(-1)).toEqual({ template: 'mail.digest', state: 'queued' });
  });

  it('leaves out what was done meanwhile', async () => {
    const { partner } = coalition;
    await prefer(partner, { reports: 'daily' });
    await firstReminders();
    await handIn(partner);
    await app.moveTo('2028-01-10T09:00:00Z');
    expect((await mails()).map(({ state }) => state).sort()).toEqual(['digested', 'queued', 'withdrawn']);
    const [digest] = await app.rows<{ subject: string }>(
      `SELECT subject FROM mail_messages WHERE template = 'mail.digest' AND coalition_id = $1`,
      [coalition.id],
    );
    expect(digest!.subject).toBe(`Told Towns ${coalitions}: 1 notice today`);
  });

  it('tells nothing to who has left', async () => {
    await prefer(coalition.partner, { reports: 'daily' });
    await firstReminders();
    await app.rows(`UPDATE memberships SET until_on = '2028-01-09' WHERE person_id = $1`, [
      coalition.partner.id,
    ]);
    await app.moveTo('2028-01-10T09:00:00Z');
    expect(await mails()).toEqual(reminders('withdrawn'));
  });
});

describe('what is done before its mail has left', () => {
  it('takes the mail back', async () => {
    const { partner } = coalition;
    await firstReminders();
    await handIn(partner);
    expect((await mails()).map(({ state }) => state).sort()).toEqual(['queued', 'withdrawn']);
  });
});

describe('an essential letter', () => {
  it('goes out at once, whatever its reader prefers', async () => {
    const { backbone } = coalition;
    const all = { reports: 'inbox', pledges: 'inbox', goals: 'inbox', decisions: 'inbox', bonds: 'inbox' };
    await prefer(backbone, all);
    await app.moveTo('2028-02-20T09:00:00Z');
    const escalations = (await mails(backbone)).filter(({ template }) => template === 'reporting.escalation');
    expect(escalations).toEqual([
      { template: 'reporting.escalation', state: 'queued' },
      { template: 'reporting.escalation', state: 'queued' },
    ]);
  });
});

describe('a letter of which nobody knows whether it arrived', () => {
  let letterId: string;
  const doubtful = async () =>
    (
      await coalition.backbone.must(
        coalition.backbone.get<Page<{ id: string; reader: string; state: string }>>(
          `/api/v1/coalitions/${coalition.id}/letters?state=doubtful`,
        ),
      )
    ).items;
  const again = (person: Client) => person.post<ProblemBody>(`/api/v1/letters/${letterId}/send-again`);

  beforeEach(async () => {
    await firstReminders();
    const [letter] = await app.rows<{ id: string }>(
      `UPDATE mail_messages SET state = 'uncertain', attempts = 1, last_error = 'The connection went.'
       WHERE cause_id = $1 RETURNING id`,
      [reportId],
    );
    letterId = letter!.id;
  });

  it('is shown to the backbone: on the page of what it is about, and among what needs it', async () => {
    const { backbone, partner, id } = coalition;
    expect(await doubtful()).toEqual([
      expect.objectContaining({ id: letterId, reader: partner.name, state: 'uncertain' }),
    ]);
    const browser = await Browser.of(app, backbone);
    const { html } = await browser.get(`/spend-reports/${reportId}`);
    expect(html).toContain('Letters in doubt');
    expect(html).toContain(`/letters/${letterId}`);
    expect(html).toContain('nobody knows whether it arrived');
    expect((await browser.get(`/coalitions/${id}`)).html).toContain('1 letter that may not have arrived');
    const list = await browser.get(`/coalitions/${id}/letters`);
    expect(list.html).toContain('1 letter in doubt');
    const page = await browser.get(`/letters/${letterId}`);
    expect(page.html).toContain('Ask its reader, then decide');
    expect(page.html).toContain('The connection went.');
    expect(page.html).toContain('not yet');
    const its = await Browser.of(app, partner);
    expect((await its.get(`/spend-reports/${reportId}`)).html).not.toContain('Letters in doubt');
  });

  it('is sent again by a person of the backbone alone, and by nothing else', async () => {
    const { backbone, partner, funder } = coalition;
    expect([(await again(partner)).status, (await again(funder)).status]).toEqual([403, 403]);
    await app.moveTo('2028-01-10T09:00:00Z');
    expect(await doubtful()).toHaveLength(1);
    const browser = await Browser.of(app, backbone);
    const sent = await browser.submit(`/letters/${letterId}/send-again`, {}, `/letters/${letterId}`);
    expect((await browser.get(sent.location!)).html).toContain('queued once more');
    expect(await app.rows(`SELECT state, attempts FROM mail_messages WHERE id = $1`, [letterId])).toEqual([
      { state: 'queued', attempts: 0 },
    ]);
    expect(await doubtful()).toEqual([]);
    expect((await again(backbone)).body.detail).toContain('Only a mail that failed, is uncertain');
    const [event] = await app.rows<{ person: string; coalition: string }>(
      `SELECT person_id AS person, coalition_id AS coalition FROM audit_events WHERE action = 'mail.sentAgain' AND subject_id = $1`,
      [letterId],
    );
    expect(event).toEqual({ person: backbone.id, coalition: coalition.id });
  });

  it('is in doubt no more, and not sent again, once what it asks for is done', async () => {
    const { backbone, partner } = coalition;
    await handIn(partner);
    expect(await doubtful()).toEqual([]);
    const { status, body } = await again(backbone);
    expect([status, body.detail]).toEqual([
      409,
      'What it asks for was done meanwhile, so there is nothing to send.',
    ]);
    const browser = await Browser.of(app, backbone);
    expect((await browser.get(`/letters/${letterId}`)).html).toContain('nothing is to be done about it');
  });
});

describe('preferences', () => {
  it('are refused by name where they mean nothing', async () => {
    const answer = await prefer(coalition.partner, { reports: 'never' });
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0]).toMatchObject({ pointer: '/reports' });
    expect((await prefer(coalition.partner, { financeReports: 'inbox' })).body.errors[0]).toMatchObject({
      pointer: '/financeReports',
    });
  });

  it('are read as they were changed, and one’s own', async () => {
    const { partner, funder } = coalition;
    await prefer(partner, { goals: 'weekly' });
    const read = (person: Client) =>
      person.must(person.get<{ items: object[] }>('/api/v1/me/mail-preferences'));
    expect((await read(partner)).items).toContainEqual({ topic: 'goals', delivery: 'weekly' });
    expect((await read(funder)).items).toContainEqual({ topic: 'goals', delivery: 'now' });
  });
});

describe('an inbox', () => {
  it('is nobody else’s', async () => {
    await firstReminders();
    const [{ id } = { id: '' }] = (await inboxOf(coalition.partner)).items;
    const { status } = await coalition.backbone.post(`/api/v1/me/notices/${id}/read`);
    expect(status).toBe(404);
  });

  it('knows what was read', async () => {
    const { partner } = coalition;
    await firstReminders();
    const [first] = (await inboxOf(partner)).items;
    const read = await partner.must(partner.post<NoticeTextAnswer>(`/api/v1/me/notices/${first!.id}/read`));
    expect(read.readAt).toBe('2028-01-09T08:30:00.000Z');
    expect(read.text).toContain('/spend-reports/');
    expect((await inboxOf(partner, '?state=unread')).total).toBe(1);
    expect((await partner.post('/api/v1/me/notices/read-all')).body).toEqual({ read: 1 });
    expect((await inboxOf(partner, '?state=unread')).total).toBe(0);
  });

  it('is a page, and the count of what is new is in sight on each', async () => {
    await firstReminders();
    const browser = await Browser.of(app, coalition.partner);
    expect((await browser.get('/inbox')).html).toContain('2 new notices');
    const [first] = (await inboxOf(coalition.partner)).items;
    expect((await browser.get(`/inbox/${first!.id}`)).html).toContain(first!.subject);
    expect((await browser.get(`/inbox/${first!.id}/letter`)).html).toContain('/spend-reports/');
    expect((await browser.get('/account')).html).toContain('Inbox: 1 new notice');
    const saved = await browser.submit('/account/mail', { reports: 'daily', goals: 'now' });
    expect(saved.location).toBe('/account/mail');
    expect((await browser.get('/account/mail')).html).toMatch(/value="daily" selected/);
  });
});

describe('verify', () => {
  it('holds of all of it', async () => {
    const results = await runChecks(checks, (sql) => app.rows(sql));
    expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
    expect(results.find(({ rule }) => rule === 'every digest tells of something')?.examined).toBe(3);
  });
});
