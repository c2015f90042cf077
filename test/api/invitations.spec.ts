import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InvitationsService } from '../../src/account/invitations.service.js';
import { type Client, TestApp } from '../support/app.js';
import { Browser, csrfIn } from '../support/browser.js';
import {
  choosePassword,
  emptyCoalition,
  lastMail,
  linkIn,
  signIn,
  withPassword,
} from '../support/identity.js';

const start = '2026-11-23T09:00:00Z';
let app: TestApp;
let rivers: string;

beforeAll(async () => {
  app = await TestApp.start({ now: start });
  rivers = await emptyCoalition(app, 'River Towns');
});
afterAll(() => app.stop());

describe('an invitation', () => {
  let ines: Client;
  beforeAll(async () => {
    ines = await app.person('Ines');
    await app.seat(ines, rivers, 'backbone');
  });

  it('makes the person once for each address', async () => {
    const first = await invite(ines, ' Omar@Example.org ', 'Omar Haddad');
    const again = await invite(ines, 'omar@example.org', 'Omar H.');
    expect(again).toEqual(first);
    expect(await app.rows(`SELECT email, name FROM persons WHERE id = $1`, [first.personId])).toEqual([
      { email: 'omar@example.org', name: 'Omar Haddad' },
    ]);
  });

  it('mails a link with which a password is chosen, once', async () => {
    await invite(ines, 'lena@example.org', 'Lena');
    const mail = await lastMail(app, 'lena@example.org');
    expect(mail).toMatchObject({ subject: 'You are invited to River Towns', coalition: null });
    expect(mail.text).toContain('Ines has invited you to River Towns.');
    expect(mail.text).toContain('until 7 Dec 2026');
    const link = linkIn(mail.text);
    const browser = new Browser(app);
    expect((await browser.get(link)).html).toContain('lena@example.org');
    const short = await browser.submit(link, { name: 'Lena', password: 'short' });
    expect([short.status, short.html.includes('at least 12 characters')]).toEqual([422, true]);
    const same = await browser.submit(link, { name: 'Lena', password: 'aaaaaaaaaaaaaaa' });
    expect(same.html).toContain('Choose a password that does not repeat itself.');
    const done = await browser.submit(link, { name: 'Lena Kovač', password: 'a ferry at dawn' });
    expect([done.status, done.location]).toEqual([303, '/']);
    expect((await browser.get('/account')).html).toContain('Lena Kovač');

    const late = new Browser(app);
    expect((await late.get(link)).status).toBe(404);
    const { html } = await late.get('/sign-in');
    const twice = await late.post(link, { name: 'X', password: 'a second password', _csrf: csrfIn(html) });
    expect([twice.status, twice.html.includes('This link is over')]).toEqual([404, true]);
    expect((await signIn(app, 'lena@example.org', 'a ferry at dawn')).status).toBe(303);
  });

  it('is over after fourteen days, until it is sent again with another link', async () => {
    await invite(ines, 'kai@example.org', 'Kai');
    const link = linkIn((await lastMail(app, 'kai@example.org')).text);
    app.clock.moveTo(new Date('2026-12-07T09:00:00Z'));
    expect((await new Browser(app).get(link)).status).toBe(404);
    const kai = await invitationOf('kai@example.org');
    expect(kai.state).toBe('expired');
    await ines.must(ines.post(`/api/v1/invitations/${kai.id}/resend`));
    const renewed = linkIn((await lastMail(app, 'kai@example.org')).text);
    expect(renewed).not.toBe(link);
    expect((await new Browser(app).get(link)).status).toBe(404);
    expect((await new Browser(app).get(renewed)).status).toBe(200);
    app.clock.moveTo(new Date(start));
  });

  it('leads nowhere when it is taken back', async () => {
    await invite(ines, 'mo@example.org', 'Mo');
    const link = linkIn((await lastMail(app, 'mo@example.org')).text);
    const { id } = await invitationOf('mo@example.org');
    const revoked = await ines.must(ines.post<{ state: string }>(`/api/v1/invitations/${id}/revoke`));
    expect(revoked.state).toBe('revoked');
    expect((await new Browser(app).get(link)).status).toBe(404);
    const again = await ines.post<{ detail: string }>(`/api/v1/invitations/${id}/resend`);
    expect([again.status, again.body.detail]).toEqual([
      409,
      'The invitation was taken back. Invite the person again.',
    ]);
  });

  it('is news of a seat, without a link, to somebody who has a password; and says the same to who invites', async () => {
    const paul = await withPassword(app, 'Paul', 'an even keel');
    expect(await invite(ines, paul.email, 'Someone')).toEqual({ personId: paul.id });
    const mail = await lastMail(app, paul.email);
    expect(mail.subject).toBe('You have a seat in River Towns');
    expect(mail.text).not.toContain('/invitations/');
    expect((await invitationOf(paul.email)).state).toBe('open');
    await signIn(app, paul.email, 'an even keel');
    expect((await invitationOf(paul.email)).state).toBe('accepted');
  });

  it('of a coalition cannot replace a password that was chosen meanwhile', async () => {
    const { personId } = await invite(ines, 'rae@example.org', 'Rae');
    const link = linkIn((await lastMail(app, 'rae@example.org')).text);
    await choosePassword(app, personId, 'a chosen password');
    expect((await new Browser(app).get(link)).status).toBe(404);
  });

  it('is seen by the backbone of its coalition, and by nobody else', async () => {
    const sid = await app.person('Sid');
    await invite(ines, 'uma@example.org', 'Uma');
    const { id } = await invitationOf('uma@example.org');
    expect((await sid.get(`/api/v1/coalitions/${rivers}/invitations`)).status).toBe(404);
    expect((await sid.post(`/api/v1/invitations/${id}/revoke`)).status).toBe(404);
    const observer = await app.person('Observer');
    await app.seat(observer, rivers, 'observer');
    expect((await observer.post(`/api/v1/invitations/${id}/revoke`)).status).toBe(403);
  });

  async function invitationOf(email: string): Promise<{ id: string; state: string }> {
    await app.rows(
      `INSERT INTO memberships (coalition_id, person_id, role, since_on)
       SELECT $1, id, 'observer', '2026-01-01' FROM persons WHERE email = $2 ON CONFLICT DO NOTHING`,
      [rivers, email],
    );
    const { items } = await ines.must(
      ines.get<{ items: { id: string; email: string; state: string }[] }>(
        `/api/v1/coalitions/${rivers}/invitations?limit=200`,
      ),
    );
    return items.find((item) => item.email === email)!;
  }
});

describe('a forgotten password', () => {
  it('is replaced by a link that works for two hours and signs out everywhere else', async () => {
    const zoe = await withPassword(app, 'Zoe', 'something long gone');
    const elsewhere = await Browser.of(app, zoe);
    const browser = new Browser(app);
    const asked = await browser.submit('/forgotten-password', { email: zoe.email });
    expect(asked.html).toContain('If zoe@example.org has an account, a mail with a link is on its way.');
    const link = linkIn((await lastMail(app, zoe.email)).text);
    const done = await browser.submit(link, { name: 'Zoe', password: 'something quite new' });
    expect(done.status).toBe(303);
    expect((await elsewhere.get('/account')).status).toBe(303);
    expect((await signIn(app, zoe.email, 'something quite new')).status).toBe(303);

    await browser.submit('/forgotten-password', { email: zoe.email });
    const late = linkIn((await lastMail(app, zoe.email)).text);
    app.clock.moveTo(new Date('2026-11-23T11:00:00Z'));
    expect((await new Browser(app).get(late)).status).toBe(404);
    app.clock.moveTo(new Date(start));
  });

  it('says the same of an address that nobody has, and mails nothing', async () => {
    const asked = await new Browser(app).submit('/forgotten-password', { email: 'ghost@example.org' });
    expect(asked.html).toContain('If ghost@example.org has an account, a mail with a link is on its way.');
    expect(await app.rows(`SELECT 1 FROM mail_messages WHERE to_address = 'ghost@example.org'`)).toEqual([]);
  });
});

function invite(by: Client, email: string, name: string): Promise<{ personId: string }> {
  const invitations = app.nest.get(InvitationsService);
  return app.as(by, (tx) => invitations.invite(tx, { coalitionId: rivers, email, name, invitedBy: by.id }));
}
