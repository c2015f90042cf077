import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { emptyCoalition } from '../support/identity.js';

const start = '2026-11-23T09:00:00Z';
let app: TestApp;
let rivers: string;

beforeAll(async () => {
  app = await TestApp.start({ now: start });
  rivers = await emptyCoalition(app, 'River Towns');
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

interface Problem {
  errors: { pointer: string }[];
}

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
