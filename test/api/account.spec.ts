import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InvitationsService } from '../../src/account/invitations.service.js';
import { type Client, TestApp } from '../support/app.js';

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
