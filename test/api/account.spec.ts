import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { savePassword } from '../../src/platform/auth/passwords.js';
import { doorActor } from '../../src/platform/database/actor.js';
import { Database, inTransaction } from '../../src/platform/database/database.js';
import { InvitationsService } from '../../src/account/invitations.service.js';
import { type Client, TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';

let app: TestApp;
let rivers: string;

beforeAll(async () => {
  app = await TestApp.start();
  rivers = await coalition('River Towns');
});
afterAll(() => app.stop());

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

describe('an invitation', () => {
  it('makes the person, once for each address, and mails a link that only its reader knows', async () => {
    const ines = await app.person('Ines');
    await app.seat(ines, rivers, 'backbone');
    const first = await invite(ines, ' Omar@Example.org ', 'Omar Haddad');
    const again = await invite(ines, 'omar@example.org', 'Omar H.');
    expect(again).toEqual(first);
    expect(await app.rows(`SELECT email, name FROM persons WHERE id = $1`, [first.personId])).toEqual([
      { email: 'omar@example.org', name: 'Omar Haddad' },
    ]);
    const mails = await app.rows<{ subject: string; text: string; coalition: string | null }>(
      `SELECT subject, text_body AS text, coalition_id AS coalition FROM mail_messages WHERE to_address = 'omar@example.org'`,
    );
    expect(mails.map(({ subject, coalition }) => ({ subject, coalition }))).toEqual([
      { subject: 'You are invited to River Towns', coalition: null },
      { subject: 'You are invited to River Towns', coalition: null },
    ]);
    expect(mails[0]!.text).toContain('Ines has invited you to River Towns.');
  });
});

describe('signing in', () => {
  it('asks for the right password, and says the same to everybody who has not got it', async () => {
    const mira = await app.person('Mira');
    await choosePassword(mira, 'a long green river');
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
    expect((await browser.get('/')).status).toBe(200);
  });
});

async function choosePassword(person: Client, password: string): Promise<void> {
  await inTransaction(app.nest.get(Database), doorActor('identity', 'test'), (tx) =>
    savePassword(tx, person.id, password),
  );
}
