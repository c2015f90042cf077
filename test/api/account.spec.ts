import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MailsService } from '../../src/account/administration/mails.service.js';
import { InvitationsService } from '../../src/account/invitations.service.js';
import { savePassword } from '../../src/platform/auth/passwords.js';
import type { Config } from '../../src/platform/config/config.js';
import { doorActor } from '../../src/platform/database/actor.js';
import { Database, inTransaction } from '../../src/platform/database/database.js';
import { CONFIG } from '../../src/platform/tokens.js';
import { Client, TestApp } from '../support/app.js';
import { Browser, csrfIn } from '../support/browser.js';

const start = '2026-11-23T09:00:00Z';
let app: TestApp;
let rivers: string;

beforeAll(async () => {
  app = await TestApp.start({ now: start });
  rivers = await coalition('River Towns');
});
afterAll(() => app.stop());

describe('who asks', () => {
  it('is told by an API token', async () => {
    const ana = await app.person('Ana');
    await app.seat(ana, rivers, 'observer');
    expect((await ana.get('/api/v1/me')).body).toEqual({
      id: ana.id,
      name: 'Ana',
      email: 'ana@example.org',
      locale: 'en-GB',
      isAdministrator: false,
      coalitions: [{ id: rivers, name: 'River Towns', roles: ['observer'] }],
    });
  });

  it('is nobody without one', async () => {
    const answer = await app.nest.inject({ url: '/api/v1/me' });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([401, 'signInNeeded']);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it.each(['trb_unknown', 'trb_'])('is nobody with the token %s, and is told so', async (token) => {
    const answer = await app.nest.inject({
      url: '/api/v1/me',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.statusCode).toBe(401);
    expect(answer.json<{ detail: string }>().detail).toBe(
      'This API token is unknown, expired or revoked. Make a new one on your account page.',
    );
  });

  it('counts the token, not the cookie, where a request brings both', async () => {
    const [bea, cleo] = [await app.person('Bea'), await app.person('Cleo')];
    const browser = await Browser.of(app, bea);
    const answer = await browser.get('/api/v1/me', { authorization: `Bearer ${cleo.token}`, accept: '*/*' });
    expect(JSON.parse(answer.html)).toMatchObject({ name: 'Cleo' });
  });

  it('is sent to sign in with a browser, and back to where they wanted to go', async () => {
    const page = await new Browser(app).get('/account?x=1');
    expect([page.status, page.location]).toEqual([303, '/sign-in?returnTo=%2Faccount%3Fx%3D1']);
  });
});

describe('an API token', () => {
  it('is shown once, kept as a hash, listed by its first letters, and ends when it is revoked', async () => {
    const dan = await app.person('Dan');
    const made = await dan.must(
      dan.post<{ id: string; token: string; prefix: string }>('/api/v1/me/tokens', {
        name: 'Monthly export',
        scopes: ['read'],
        expiresInDays: 90,
      }),
    );
    expect(made).toMatchObject({
      name: 'Monthly export',
      scopes: ['read'],
      state: 'living',
      expiresAt: '2027-02-21T09:00:00.000Z',
    });
    expect(made.token).toMatch(/^trb_[\w-]{43}$/);
    expect(
      await app.rows(`SELECT * FROM api_tokens WHERE token_hash LIKE '%' || $1 || '%'`, [made.token]),
    ).toEqual([]);
    const { body } = await dan.get<{ items: object[] }>('/api/v1/me/tokens?sort=name');
    expect(body.items.map((token) => 'token' in token)).toEqual([false, false]);

    const program = withToken(dan, made.token);
    expect((await program.get('/api/v1/me')).status).toBe(200);
    await dan.must(dan.post(`/api/v1/me/tokens/${made.id}/revoke`));
    expect((await program.get('/api/v1/me')).status).toBe(401);
    const again = await dan.post<{ code: string }>(`/api/v1/me/tokens/${made.id}/revoke`);
    expect([again.status, again.body.code]).toEqual([409, 'stateForbids']);
  });

  it('reads only, where reading is all it may', async () => {
    const eva = await app.person('Eva');
    const reader = withToken(eva, await tokenOf(eva, { scopes: ['read'], expiresInDays: 7 }));
    expect((await reader.get('/api/v1/me/tokens')).status).toBe(200);
    const refused = await reader.post<{ detail: string }>('/api/v1/me/tokens', {
      name: 'More',
      scopes: ['read'],
      expiresInDays: 1,
    });
    expect([refused.status, refused.body.detail]).toEqual([403, 'The API token lacks the scope “write”.']);
  });

  it('is over when its days are', async () => {
    const finn = await app.person('Finn');
    const program = withToken(finn, await tokenOf(finn, { scopes: ['read'], expiresInDays: 1 }));
    app.clock.moveTo(new Date('2026-11-24T08:59:59Z'));
    expect((await program.get('/api/v1/me')).status).toBe(200);
    app.clock.moveTo(new Date('2026-11-24T09:00:00Z'));
    expect((await program.get('/api/v1/me')).status).toBe(401);
    app.clock.moveTo(new Date(start));
  });

  it('makes no token that can do more, or lives longer, than itself', async () => {
    const gus = await app.person('Gus');
    const writer = withToken(gus, await tokenOf(gus, { scopes: ['write'], expiresInDays: 30 }));
    const wider = await writer.post<Problem>('/api/v1/me/tokens', {
      name: 'Wider',
      scopes: ['read'],
      expiresInDays: 1,
    });
    expect([wider.status, wider.body.errors[0]?.pointer]).toEqual([422, '/scopes']);
    const longer = await writer.post<Problem>('/api/v1/me/tokens', {
      name: 'Longer',
      scopes: ['write'],
      expiresInDays: 31,
    });
    expect([longer.status, longer.body.errors[0]?.pointer]).toEqual([422, '/expiresInDays']);
  });

  it.each([
    [{ name: '', scopes: ['read'], expiresInDays: 1 }, '/name'],
    [{ name: 'x', scopes: ['everything'], expiresInDays: 1 }, '/scopes'],
    [{ name: 'x', scopes: ['read'], expiresInDays: 366 }, '/expiresInDays'],
    [{ name: 'x', scopes: ['read'], expiresInDays: 1, isAdministrator: true }, '/isAdministrator'],
  ])('is refused as %j', async (payload, pointer) => {
    const hal = await app.person(`Hal ${pointer}`);
    const answer = await hal.post<Problem>('/api/v1/me/tokens', payload);
    expect([answer.status, answer.body.errors[0]?.pointer]).toEqual([400, pointer]);
  });

  it('of somebody else cannot be revoked, or known', async () => {
    const [ida, jan] = [await app.person('Ida'), await app.person('Jan')];
    const made = await ida.must(
      ida.post<{ id: string }>('/api/v1/me/tokens', { name: 'Mine', scopes: ['read'], expiresInDays: 9 }),
    );
    expect((await jan.post(`/api/v1/me/tokens/${made.id}/revoke`)).status).toBe(404);
    expect((await jan.post('/api/v1/me/tokens/not-an-id/revoke')).status).toBe(404);
  });
});

describe('signing in', () => {
  it('asks for the right password, and says the same to everybody who has not got it', async () => {
    const mira = await withPassword('Mira', 'a long green river');
    const browser = new Browser(app);
    const wrong = await browser.submit('/sign-in', { email: mira.email, password: 'a long blue river' });
    const unknown = await browser.submit('/sign-in', {
      email: 'nobody@example.org',
      password: 'whatever it is',
    });
    for (const page of [wrong, unknown]) {
      expect(page.status).toBe(401);
      expect(page.html).toContain('The e-mail address or the password is wrong.');
    }
    const right = await browser.submit('/sign-in', {
      email: ' Mira@Example.org',
      password: 'a long green river',
      returnTo: '/account?tab=tokens',
    });
    expect([right.status, right.location]).toEqual([303, '/account?tab=tokens']);
    expect(right.headers['set-cookie']).toMatch(
      /^tributary=[\w-]{43}; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect((await browser.get('/account')).status).toBe(200);
  });

  it('keeps passwords as argon2id with 19 MiB and two passes, and makes older hashes anew', async () => {
    const nora = await withPassword('Nora', 'seven quiet bridges');
    const old = '$argon2id$v=19$m=8192,t=1,p=1$';
    const { hash } = await import('@node-rs/argon2');
    const weak = await hash('seven quiet bridges', { memoryCost: 8192, timeCost: 1, parallelism: 1 });
    expect(weak.startsWith(old)).toBe(true);
    await app.rows(`UPDATE passwords SET hash = $2 WHERE person_id = $1`, [nora.id, weak]);
    expect((await signIn(nora.email, 'seven quiet bridges')).status).toBe(303);
    const [kept] = await app.rows<{ hash: string }>(`SELECT hash FROM passwords WHERE person_id = $1`, [
      nora.id,
    ]);
    expect(kept!.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('ends the session that the browser had, so that nobody can plant one', async () => {
    const olga = await withPassword('Olga', 'nine dry summers');
    const browser = await Browser.of(app, olga);
    const before = browser.cookies.get('tributary');
    const form = new Browser(app);
    form.cookies.set('tributary', before!);
    const page = await form.submit(
      '/sign-in',
      { email: olga.email, password: 'nine dry summers' },
      '/forgotten-password',
    );
    expect(page.status).toBe(303);
    expect(form.cookies.get('tributary')).not.toBe(before);
    expect((await browser.get('/account')).status).toBe(303);
  });

  it('takes a form of ours only', async () => {
    const pia = await withPassword('Pia', 'three tall poplars');
    const browser = new Browser(app);
    const fields = { email: pia.email, password: 'three tall poplars' };
    expect((await browser.post('/sign-in', fields)).status).toBe(403);
    const { html } = await browser.get('/sign-in');
    const strange = await new Browser(app).post('/sign-in', { ...fields, _csrf: csrfIn(html) });
    expect(strange.status).toBe(403);
    const elsewhere = await browser.post(
      '/sign-in',
      { ...fields, _csrf: csrfIn(html) },
      { origin: 'https://elsewhere.example' },
    );
    expect(elsewhere.status).toBe(403);
    expect(elsewhere.html).toContain('This came from another site.');
  });

  it('waits after five failures for one address, however many come at once, and says how long', async () => {
    const quin = await withPassword('Quin', 'two grey herons');
    const tries = await Promise.all(Array.from({ length: 9 }, () => signIn(quin.email, 'two white herons')));
    expect(tries.map(({ status }) => status).sort()).toEqual([401, 401, 401, 401, 401, 429, 429, 429, 429]);
    const refused = await signIn(quin.email, 'two grey herons');
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '900']);
    expect(refused.html).toContain('Wait 15 minutes, then try again.');
    app.clock.moveTo(new Date('2026-11-23T09:15:00Z'));
    expect((await signIn(quin.email, 'two grey herons')).status).toBe(303);
    app.clock.moveTo(new Date(start));
  });

  it('waits after thirty failures from one place', async () => {
    app.clock.moveTo(new Date('2026-11-23T10:00:00Z'));
    await app.rows(
      `INSERT INTO sign_in_attempts (email, address, at, succeeded)
       SELECT 'someone' || n || '@example.org', '127.0.0.1', '2026-11-23T09:55:00Z', false FROM generate_series(1, 30) AS n`,
    );
    expect((await signIn('somebody.else@example.org', 'whatever it is')).status).toBe(429);
    await app.rows(`DELETE FROM sign_in_attempts WHERE email LIKE 'someone%'`);
    app.clock.moveTo(new Date(start));
  });
});

describe('a session', () => {
  it('ends after twelve hours without use, and stays while it is used', async () => {
    const rosa = await app.person('Rosa');
    const [busy, idle] = [await Browser.of(app, rosa), await Browser.of(app, rosa)];
    app.clock.moveTo(new Date('2026-11-23T20:59:00Z'));
    expect((await busy.get('/account')).status).toBe(200);
    app.clock.moveTo(new Date('2026-11-23T21:00:00Z'));
    expect((await idle.get('/account')).status).toBe(303);
    expect((await busy.get('/account')).status).toBe(200);
    app.clock.moveTo(new Date(start));
  });

  it('ends after fourteen days, however busy', async () => {
    const sten = await app.person('Sten');
    const browser = await Browser.of(app, sten);
    for (let hours = 10; hours < 14 * 24; hours += 10) {
      app.clock.moveTo(new Date(Date.parse(start) + hours * 3_600_000));
      expect((await browser.get('/account')).status).toBe(200);
    }
    app.clock.moveTo(new Date('2026-12-07T09:00:00Z'));
    expect((await browser.get('/account')).status).toBe(303);
    app.clock.moveTo(new Date(start));
  });

  it('is kept by a seal that the table alone cannot open', async () => {
    const tove = await app.person('Tove');
    const browser = await Browser.of(app, tove);
    const rows = await app.rows<{ token_hash: string }>(
      `SELECT token_hash FROM sessions WHERE person_id = $1`,
      [tove.id],
    );
    expect(rows.map(({ token_hash }) => token_hash)).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(rows[0]!.token_hash).not.toContain(browser.cookies.get('tributary'));
  });

  it('changes nothing without its own form token', async () => {
    const ulla = await app.person('Ulla');
    const [browser, other] = [await Browser.of(app, ulla), await Browser.of(app, ulla)];
    const profile = { name: 'Ulla Berg', locale: 'sv-SE' };
    expect((await browser.post('/account', profile)).status).toBe(403);
    const { html } = await other.get('/account');
    const foreign = await browser.post('/account', { ...profile, _csrf: csrfIn(html) });
    expect(foreign.status).toBe(403);
    expect(foreign.html).toContain('Open the page again and send it once more.');
    const done = await browser.submit('/account', profile);
    expect([done.status, done.location]).toEqual([303, '/account']);
    expect(await app.rows(`SELECT name, locale FROM persons WHERE id = $1`, [ulla.id])).toEqual([profile]);
  });

  it.each([
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ origin: 'null' }],
    [{ origin: 'https://elsewhere.example' }],
  ])('changes nothing for another site: %j', async (headers) => {
    const vera = await app.person(`Vera ${JSON.stringify(headers)}`);
    const browser = await Browser.of(app, vera);
    const { html } = await browser.get('/account');
    const fields = { name: 'Mallory', locale: 'en-GB', _csrf: csrfIn(html) };
    expect((await browser.post('/account', fields, headers)).status).toBe(403);
    const own = { 'sec-fetch-site': 'same-origin', origin: 'https://behind-a-proxy.example' };
    expect((await browser.post('/account', fields, own)).status).toBe(303);
  });

  it('reaches the API too, with its form token in a header', async () => {
    const wim = await app.person('Wim');
    const browser = await Browser.of(app, wim);
    const { html } = await browser.get('/account');
    const call = (headers: Record<string, string>) =>
      app.nest.inject({
        method: 'POST',
        url: '/api/v1/me/tokens',
        payload: { name: 'By hand', scopes: ['read'], expiresInDays: 7 },
        headers: { cookie: `tributary=${browser.cookies.get('tributary')}`, ...headers },
      });
    expect((await call({})).statusCode).toBe(403);
    expect((await call({ 'x-csrf-token': csrfIn(html) })).statusCode).toBe(201);
  });

  it('is over after signing out, and signing out twice is no mistake', async () => {
    const xena = await app.person('Xena');
    const browser = await Browser.of(app, xena);
    const cookie = browser.cookies.get('tributary')!;
    const out = await browser.submit('/sign-out', {}, '/account');
    expect([out.status, out.location]).toEqual([303, '/sign-in']);
    expect((await browser.get('/sign-in')).html).toContain('You are signed out.');
    browser.cookies.set('tributary', cookie);
    expect((await browser.get('/account')).status).toBe(303);
    expect((await browser.post('/sign-out', {})).status).toBe(303);
  });
});

describe('changing the password', () => {
  it('needs the current one, signs out everywhere else, and stays signed in here', async () => {
    const yara = await withPassword('Yara', 'one old lighthouse');
    const [here, there] = [await Browser.of(app, yara), await Browser.of(app, yara)];
    const refused = await here.submit(
      '/account/password',
      { currentPassword: 'one new lighthouse', newPassword: 'four tide tables' },
      '/account',
    );
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('This is not your password.');
    expect(refused.html).not.toContain('four tide tables');
    const short = await here.submit(
      '/account/password',
      { currentPassword: 'one old lighthouse', newPassword: 'tide' },
      '/account',
    );
    expect(short.html).toContain('Choose a password of at least 12 characters.');

    const before = here.cookies.get('tributary');
    const done = await here.submit(
      '/account/password',
      { currentPassword: 'one old lighthouse', newPassword: 'four tide tables' },
      '/account',
    );
    expect(done.status).toBe(303);
    expect(here.cookies.get('tributary')).not.toBe(before);
    expect((await here.get('/account')).status).toBe(200);
    expect((await there.get('/account')).status).toBe(303);
    expect((await signIn(yara.email, 'one old lighthouse')).status).toBe(401);
    expect((await signIn(yara.email, 'four tide tables')).status).toBe(303);
  });
});

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
    const mail = await lastMail('lena@example.org');
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
    expect((await signIn('lena@example.org', 'a ferry at dawn')).status).toBe(303);
  });

  it('is over after fourteen days, until it is sent again with another link', async () => {
    await invite(ines, 'kai@example.org', 'Kai');
    const link = linkIn((await lastMail('kai@example.org')).text);
    app.clock.moveTo(new Date('2026-12-07T09:00:00Z'));
    expect((await new Browser(app).get(link)).status).toBe(404);
    const kai = await invitationOf('kai@example.org');
    expect(kai.state).toBe('expired');
    await ines.must(ines.post(`/api/v1/invitations/${kai.id}/resend`));
    const renewed = linkIn((await lastMail('kai@example.org')).text);
    expect(renewed).not.toBe(link);
    expect((await new Browser(app).get(link)).status).toBe(404);
    expect((await new Browser(app).get(renewed)).status).toBe(200);
    app.clock.moveTo(new Date(start));
  });

  it('leads nowhere when it is taken back', async () => {
    await invite(ines, 'mo@example.org', 'Mo');
    const link = linkIn((await lastMail('mo@example.org')).text);
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
    const paul = await withPassword('Paul', 'an even keel');
    expect(await invite(ines, paul.email, 'Someone')).toEqual({ personId: paul.id });
    const mail = await lastMail(paul.email);
    expect(mail.subject).toBe('You have a seat in River Towns');
    expect(mail.text).not.toContain('/invitations/');
    expect((await invitationOf(paul.email)).state).toBe('open');
    await signIn(paul.email, 'an even keel');
    expect((await invitationOf(paul.email)).state).toBe('accepted');
  });

  it('of a coalition cannot replace a password that was chosen meanwhile', async () => {
    const { personId } = await invite(ines, 'rae@example.org', 'Rae');
    const link = linkIn((await lastMail('rae@example.org')).text);
    await choosePassword(personId, 'a chosen password');
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
    const zoe = await withPassword('Zoe', 'something long gone');
    const elsewhere = await Browser.of(app, zoe);
    const browser = new Browser(app);
    const asked = await browser.submit('/forgotten-password', { email: zoe.email });
    expect(asked.html).toContain('If zoe@example.org has an account, a mail with a link is on its way.');
    const link = linkIn((await lastMail(zoe.email)).text);
    const done = await browser.submit(link, { name: 'Zoe', password: 'something quite new' });
    expect(done.status).toBe(303);
    expect((await elsewhere.get('/account')).status).toBe(303);
    expect((await signIn(zoe.email, 'something quite new')).status).toBe(303);

    await browser.submit('/forgotten-password', { email: zoe.email });
    const late = linkIn((await lastMail(zoe.email)).text);
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

interface Problem {
  errors: { pointer: string }[];
}

async function coalition(name: string): Promise<string> {
  const [made] = await app.rows<{ id: string }>(
    `INSERT INTO coalitions (name, kind, time_zone, business_day, created_at)
     VALUES ($1, 'coordinating', 'Europe/London', 'following', '2025-01-01') RETURNING id`,
    [name],
  );
  return made!.id;
}

function invite(by: Client, email: string, name: string): Promise<{ personId: string }> {
  const invitations = app.nest.get(InvitationsService);
  return app.as(by, (tx) => invitations.invite(tx, { coalitionId: rivers, email, name, invitedBy: by.id }));
}

async function withPassword(name: string, password: string): Promise<Client> {
  const person = await app.person(name);
  await choosePassword(person.id, password);
  return person;
}

async function choosePassword(personId: string, password: string): Promise<void> {
  await inTransaction(app.nest.get(Database), doorActor('identity', 'test'), (tx) =>
    savePassword(tx, personId, password),
  );
}

const signIn = (email: string, password: string) => new Browser(app).submit('/sign-in', { email, password });

/** The same person, with another token. */
const withToken = ({ id, name, email }: Client, token: string): Client =>
  new Client(app, id, name, email, token);

async function tokenOf(person: Client, of: { scopes: string[]; expiresInDays: number }): Promise<string> {
  const scopes = of.scopes;
  const made = await person.must(
    person.post<{ token: string }>('/api/v1/me/tokens', {
      name: 'test',
      scopes,
      expiresInDays: of.expiresInDays,
    }),
  );
  return made.token;
}

interface Mail {
  id: string;
  subject: string;
  text: string;
  coalition: string | null;
}

async function lastMail(to: string): Promise<Mail> {
  const [mail] = await app.rows<Mail>(
    `SELECT id, subject, text_body AS text, coalition_id AS coalition FROM mail_messages
     WHERE to_address = $1 ORDER BY id DESC LIMIT 1`,
    [to],
  );
  return mail!;
}

/** The path of the one-time link in a mail. */
function linkIn(text: string): string {
  return /http:\/\/[^/]+(\/invitations\/[\w-]{43})/.exec(text)?.[1] ?? 'no link';
}

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
    const lost = await withPassword('Lost', 'where did it go');
    const done = await ada.submit(`/administration/people/${lost.id}/link`, {}, '/administration/people');
    expect(done.status).toBe(303);
    const mail = await lastMail(lost.email);
    expect(mail.subject).toBe('Choose a new password');
    expect((await new Browser(app).get(linkIn(mail.text))).status).toBe(200);
  });

  it('reads every mail while no mail server is set, in a frame that runs nothing', async () => {
    const list = await ada.get('/administration/mails');
    expect(list.html).toContain('Choose a new password');
    const { id } = await lastMail('lost@example.org');
    const page = await ada.get(`/administration/mails/${id}`);
    expect(page.html).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    expect(page.html).toMatch(/<a href="http:\/\/[^"]+\/invitations\/[\w-]{43}">/);
    const body = await ada.get(`/administration/mails/${id}/html`);
    expect(body.headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; " +
        'sandbox allow-popups allow-popups-to-escape-sandbox',
    );
    expect((await ada.get('/administration/mails/not-an-id')).status).toBe(404);
  });

  it('reads no subject and no body where a mail server is set', async () => {
    const config = { ...app.nest.get<Config>(CONFIG), smtpUrl: 'smtp://mail.example.org' };
    const mails = new MailsService(config);
    const { id } = await lastMail('lost@example.org');
    const person = await app.person('Another administrator', { administrator: true });
    const mail = await app.as(person, (tx) => mails.read(tx, id));
    expect(mail).toMatchObject({ to: 'lost@example.org', state: 'queued', subject: null, content: null });
    const { items } = await app.as(person, (tx) => mails.list(tx, {}));
    expect(new Set(items.map(({ subject }) => subject))).toEqual(new Set([null]));
  });

  it('sends a mail again because a person said so, and only one that is over', async () => {
    const { id } = await lastMail('lost@example.org');
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
