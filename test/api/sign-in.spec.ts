import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { Browser, csrfIn } from '../support/browser.js';
import { signIn, withPassword } from '../support/identity.js';

const start = '2026-11-23T09:00:00Z';
let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start({ now: start });
});
afterAll(() => app.stop());

describe('signing in', () => {
  it('asks for the right password, and says the same to everybody who has not got it', async () => {
    const mira = await withPassword(app, 'Mira', 'a long green river');
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
    const nora = await withPassword(app, 'Nora', 'seven quiet bridges');
    const old = '$argon2id$v=19$m=8192,t=1,p=1$';
    const { hash } = await import('@node-rs/argon2');
    const weak = await hash('seven quiet bridges', { memoryCost: 8192, timeCost: 1, parallelism: 1 });
    expect(weak.startsWith(old)).toBe(true);
    await app.rows(`UPDATE passwords SET hash = $2 WHERE person_id = $1`, [nora.id, weak]);
    expect((await signIn(app, nora.email, 'seven quiet bridges')).status).toBe(303);
    const [kept] = await app.rows<{ hash: string }>(`SELECT hash FROM passwords WHERE person_id = $1`, [
      nora.id,
    ]);
    expect(kept!.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('ends the session that the browser had, so that nobody can plant one', async () => {
    const olga = await withPassword(app, 'Olga', 'nine dry summers');
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
    const pia = await withPassword(app, 'Pia', 'three tall poplars');
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
    const quin = await withPassword(app, 'Quin', 'two grey herons');
    const tries = await Promise.all(
      Array.from({ length: 9 }, () => signIn(app, quin.email, 'two white herons')),
    );
    expect(tries.map(({ status }) => status).sort()).toEqual([401, 401, 401, 401, 401, 429, 429, 429, 429]);
    const refused = await signIn(app, quin.email, 'two grey herons');
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '900']);
    expect(refused.html).toContain('Wait 15 minutes, then try again.');
    app.clock.moveTo(new Date('2026-11-23T09:15:00Z'));
    expect((await signIn(app, quin.email, 'two grey herons')).status).toBe(303);
    app.clock.moveTo(new Date(start));
  });

  it('waits after thirty failures from one place', async () => {
    app.clock.moveTo(new Date('2026-11-23T10:00:00Z'));
    await app.rows(
      `INSERT INTO sign_in_attempts (email, address, at, succeeded)
       SELECT 'someone' || n || '@example.org', '127.0.0.1', '2026-11-23T09:55:00Z', false FROM generate_series(1, 30) AS n`,
    );
    expect((await signIn(app, 'somebody.else@example.org', 'whatever it is')).status).toBe(429);
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
    const yara = await withPassword(app, 'Yara', 'one old lighthouse');
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
    expect((await signIn(app, yara.email, 'one old lighthouse')).status).toBe(401);
    expect((await signIn(app, yara.email, 'four tide tables')).status).toBe(303);
  });
});
