import { savePassword } from '../../src/platform/auth/passwords.js';
import { doorActor } from '../../src/platform/database/actor.js';
import { Database, inTransaction } from '../../src/platform/database/database.js';
import type { Client, TestApp } from './app.js';
import { Browser, type Page } from './browser.js';

/** A coalition that nobody has a seat in yet. */
export async function emptyCoalition(app: TestApp, name: string): Promise<string> {
  const [made] = await app.rows<{ id: string }>(
    `INSERT INTO coalitions (name, kind, time_zone, business_day, created_at)
     VALUES ($1, 'coordinating', 'Europe/London', 'following', '2025-01-01') RETURNING id`,
    [name],
  );
  return made!.id;
}

/** A person who can sign in with this password. */
export async function withPassword(app: TestApp, name: string, password: string): Promise<Client> {
  const person = await app.person(name);
  await choosePassword(app, person.id, password);
  return person;
}

export async function choosePassword(app: TestApp, personId: string, password: string): Promise<void> {
  await inTransaction(app.nest.get(Database), doorActor('identity', 'test'), (tx) =>
    savePassword(tx, personId, password),
  );
}

/** Signs in with a new browser, by the page. */
export const signIn = (app: TestApp, email: string, password: string): Promise<Page> =>
  new Browser(app).submit('/sign-in', { email, password });

interface WrittenMail {
  id: string;
  subject: string;
  text: string;
  coalition: string | null;
}

/** The newest mail to an address. */
export async function lastMail(app: TestApp, to: string): Promise<WrittenMail> {
  const [mail] = await app.rows<WrittenMail>(
    `SELECT id, subject, text_body AS text, coalition_id AS coalition FROM mail_messages
     WHERE to_address = $1 ORDER BY id DESC LIMIT 1`,
    [to],
  );
  return mail!;
}

/** The path of the one-time link in a mail. */
export const linkIn = (text: string): string =>
  /http:\/\/[^/]+(\/invitations\/[\w-]{43})/.exec(text)?.[1] ?? 'no link';
