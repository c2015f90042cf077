import { parseArgs } from 'node:util';
import { isEmail } from 'class-validator';
import { audit } from '../platform/audit/audit.js';
import { SystemClock } from '../platform/clock.js';
import { processEnvironment, readConfig } from '../platform/config/config.js';
import { doorActor } from '../platform/database/actor.js';
import { createDataSource } from '../platform/database/data-source.js';
import { Database, inTransaction } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { makeAdministrator } from './administration/accounts.service.js';
import { INVITATION_MS, type Link, linkUrl, makeLink, NEW_PASSWORD_MS } from './invitation-links.js';
import { findOrMakePerson, findPersonByEmail } from './persons.js';

const usage = `npm run cli -- account create --email ADDRESS --name NAME [--administrator]
npm run cli -- account link --email ADDRESS

create  makes an account and prints the one-time link with which its person chooses a password
link    prints a one-time link to choose another password, for somebody who is locked out`;

/** `npm run cli -- account …`: the first way in, and the last one back, for whoever runs the installation. */
export async function run(args: string[]): Promise<number> {
  const asked = readArguments(args);
  if (typeof asked === 'string') {
    console.error(`${asked}\n\n${usage}`);
    return 2;
  }
  const { database, publicUrl } = readConfig(processEnvironment());
  const source = createDataSource({ url: database.url, applicationName: 'tributary account', poolSize: 1 });
  await source.initialize();
  try {
    const db = new Database(source, new SystemClock());
    const actor = doorActor('identity', `account ${asked.verb}`);
    const link = await inTransaction(db, actor, (tx) =>
      asked.verb === 'create' ? create(tx, asked) : renew(tx, asked),
    );
    console.error(`${asked.email} chooses a password here, once, until ${link.expiresAt.toISOString()}:`);
    console.log(linkUrl(publicUrl, link));
    return 0;
  } finally {
    await source.destroy();
  }
}

interface Asked {
  verb: 'create' | 'link';
  email: string;
  name: string;
  administrator: boolean;
}

/** What was asked for, or what is wrong with it. */
export function readArguments(args: string[]): Asked | string {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { email: { type: 'string' }, name: { type: 'string' }, administrator: { type: 'boolean' } },
    });
    const [verb, ...rest] = positionals;
    const email = values.email?.trim().toLowerCase() ?? '';
    const name = values.name?.trim() ?? '';
    if ((verb !== 'create' && verb !== 'link') || rest.length > 0) return 'Say what to do: create or link.';
    if (!isEmail(email)) return '--email needs an e-mail address.';
    if (verb === 'create' && name === '') return '--name needs the name of the person.';
    return { verb, email, name, administrator: values.administrator ?? false };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function create(tx: Tx, { email, name, administrator }: Asked): Promise<Link> {
  if (await findPersonByEmail(tx, email)) {
    throw new Error(`${email} has an account already. To let them in again: account link --email ${email}`);
  }
  const { id: personId } = await findOrMakePerson(tx, email, name);
  await audit(tx, {
    coalitionId: null,
    action: 'person.invited',
    subject: { kind: 'person', id: personId },
    after: { email, name },
  });
  if (administrator) await makeAdministrator(tx, personId);
  return makeLink(tx, { coalitionId: null, personId, invitedBy: null, livesMs: INVITATION_MS });
}

async function renew(tx: Tx, { email }: Asked): Promise<Link> {
  const person = await findPersonByEmail(tx, email);
  if (!person) throw new Error(`Nobody has the address ${email}.`);
  await audit(tx, {
    coalitionId: null,
    action: 'person.newPasswordAsked',
    subject: { kind: 'person', id: person.id },
  });
  return makeLink(tx, { coalitionId: null, personId: person.id, invitedBy: null, livesMs: NEW_PASSWORD_MS });
}
