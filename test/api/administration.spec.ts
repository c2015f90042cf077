import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MailsService } from '../../src/account/administration/mails.service.js';
import type { Config } from '../../src/platform/config/config.js';
import { CONFIG } from '../../src/platform/tokens.js';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { lastMail, linkIn, withPassword } from '../support/identity.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());

describe('the administration', () => {
  let ada: Browser;
  beforeAll(async () => {
    ada = await Browser.of(app, await app.person('Ada', { administrator: true }));
  });

  it('is not there for anybody else', async () => {
    const plain = await Browser.of(app, await app.person('Plain'));
    for (const path of ['/administration', '/administration/people', '/administration/mails']) {
      expect((await plain.get(path)).status).toBe(404);
      expect((await ada.get(path)).status).toBe(path === '/administration' ? 303 : 200);
    }
  });

  it('makes an account by invitation, once for each address', async () => {
    const fields = { name: 'Noor Aziz', email: 'Noor@example.org', administrator: 'true' };
    const made = await ada.submit('/administration/people', fields);
    expect([made.status, made.location]).toEqual([303, '/administration/people']);
    expect((await ada.get('/administration/people')).html).toContain(
      'Noor Aziz is invited: a mail with a link goes to noor@example.org.',
    );
    expect(await app.rows(`SELECT is_administrator FROM persons WHERE email = 'noor@example.org'`)).toEqual([
      { is_administrator: true },
    ]);
    const again = await ada.submit('/administration/people', fields);
    expect(again.status).toBe(422);
    expect(again.html).toContain('There is an account with this address already.');
  });

  it('shows no seat, no coalition and no money', async () => {
    const { html } = await ada.get('/administration/people');
    expect(html).toContain('noor@example.org');
    expect(html).not.toContain('River Towns');
  });

  it('mails whoever has lost it a link to a new password', async () => {
    const lost = await withPassword(app, 'Lost', 'where did it go');
    const done = await ada.submit(`/administration/people/${lost.id}/link`, {}, '/administration/people');
    expect(done.status).toBe(303);
    const mail = await lastMail(app, lost.email);
    expect(mail.subject).toBe('Choose a new password');
    expect((await new Browser(app).get(linkIn(mail.text))).status).toBe(200);
  });

  it('reads every mail while no mail server is set, in a frame that runs nothing', async () => {
    const list = await ada.get('/administration/mails');
    expect(list.html).toContain('Choose a new password');
    const { id } = await lastMail(app, 'lost@example.org');
    const page = await ada.get(`/administration/mails/${id}`);
    expect(page.html).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    expect(page.html).toMatch(/<a href="http:\/\/[^"]+\/invitations\/[\w-]{43}">/);
    const body = await ada.get(`/administration/mails/${id}/html`);
    expect(body.headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; " +
        'sandbox allow-popups allow-popups-to-escape-sandbox',
    );
    expect((await ada.get('/administration/mails/not-an-id')).status).toBe(404);
  });

  it('reads no subject and no body where a mail server is set', async () => {
    const config = { ...app.nest.get<Config>(CONFIG), smtpUrl: 'smtp://mail.example.org' };
    const mails = new MailsService(config);
    const { id } = await lastMail(app, 'lost@example.org');
    const person = await app.person('Another administrator', { administrator: true });
    const mail = await app.as(person, (tx) => mails.read(tx, id));
    expect(mail).toMatchObject({ to: 'lost@example.org', state: 'queued', subject: null, content: null });
    const { items } = await app.as(person, (tx) => mails.list(tx, {}));
    expect(new Set(items.map(({ subject }) => subject))).toEqual(new Set([null]));
  });

  it('sends a mail again because a person said so, and only one that is over', async () => {
    const { id } = await lastMail(app, 'lost@example.org');
    const queued = await ada.submit(
      `/administration/mails/${id}/send-again`,
      {},
      `/administration/mails/${id}`,
    );
    expect((await ada.get(queued.location!)).html).toContain(
      'Only a mail that failed, is uncertain, or was kept can be sent again.',
    );
    await app.rows(`UPDATE mail_messages SET state = 'uncertain', attempts = 1 WHERE id = $1`, [id]);
    await ada.submit(`/administration/mails/${id}/send-again`, {}, `/administration/mails/${id}`);
    expect(await app.rows(`SELECT state, attempts FROM mail_messages WHERE id = $1`, [id])).toEqual([
      { state: 'queued', attempts: 0 },
    ]);
  });
});
