import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { v7 as newId } from 'uuid';
import type { Config } from '../../src/platform/config/config.js';
import { doorActor, jobActor } from '../../src/platform/database/actor.js';
import { Database, inTransaction } from '../../src/platform/database/database.js';
import { type MailDraft, queueMails } from '../../src/platform/mail/mail.js';
import { callOff } from '../../src/platform/queue/occurrences.js';
import { Postman } from '../../src/platform/mail/postman.js';
import { CONFIG } from '../../src/platform/tokens.js';
import { TestApp } from '../support/app.js';

const start = '2026-11-23T09:00:00Z';
let app: TestApp;
let servers: SMTPServer[] = [];

beforeAll(async () => {
  app = await TestApp.start({ now: start });
});
afterEach(async () => {
  await Promise.all(servers.map((server) => new Promise<void>((done) => server.close(() => done()))));
  servers = [];
  await app.rows(`DELETE FROM mail_attachments`);
  await app.rows(`DELETE FROM mail_messages`);
  app.clock.moveTo(new Date(start));
});
afterAll(() => app.stop());

describe('queueing a mail', () => {
  it('is done once for each cause and address, however often it is asked for', async () => {
    const cause = { kind: 'reminder', id: newId(), key: '2026-11' };
    expect(await queue(draft({ cause }), draft({ cause }))).toBe(1);
    expect(await queue(draft({ cause, subject: 'Another word for it' }))).toBe(0);
    expect(await queue(draft({ cause, to: 'ben@example.org' }))).toBe(1);
    expect((await mails()).map(({ subject }) => subject)).toEqual(['Report due', 'Report due']);
  });

  it('is undone with the transaction that tells of it', async () => {
    const failing = inTransaction(app.nest.get(Database), doorActor('post', 'test'), async (tx) => {
      await queueMails(tx, [draft({})]);
      throw new Error('Something else went wrong.');
    });
    await expect(failing).rejects.toThrow('Something else went wrong.');
    expect(await mails()).toEqual([]);
  });

  it('takes many at a time', async () => {
    const many = Array.from({ length: 450 }, (_, n) => draft({ to: `reader${n}@example.org` }));
    expect(await queue(...many)).toBe(450);
  });
});

describe('the postman', () => {
  it('keeps mails to be read where there is no mail server', async () => {
    await queue(draft({}));
    expect(await app.nest.get(Postman).deliverDue()).toBe(1);
    expect((await mails())[0]).toMatchObject({ state: 'kept', text: 'Please report.\n' });
    expect(await app.nest.get(Postman).deliverDue()).toBe(0);
  });

  it('hands a mail over once, whole, under a Message-ID that stays', async () => {
    const { postman, inbox } = await mailServer();
    await queue(draft({ subject: 'Größe: £1,000.00' }));
    expect(await postman.deliverDue()).toBe(1);
    expect(await postman.deliverDue()).toBe(0);
    const [mail] = await mails();
    expect(mail).toMatchObject({ state: 'sent', attempts: 1, sent_at: new Date(start), last_error: null });
    expect(inbox).toHaveLength(1);
    expect(inbox[0]).toContain(`Message-ID: <${mail!.id}@127.0.0.1>`);
    expect(inbox[0]).toContain('To: ana@example.org');
    expect(inbox[0]).toContain('From: Tributary <no-reply@tributary.invalid>');
    expect(inbox[0]).toContain('Content-Type: text/plain');
    expect(inbox[0]).toContain('Content-Type: text/html');
    expect(inbox[0]).toContain('Auto-Submitted: auto-generated');
  });

  it('never writes a second header from a subject or an address', async () => {
    const { postman, inbox } = await mailServer();
    await queue(draft({ subject: 'Hello\r\nBcc: eve@example.org', to: 'ana@example.org' }));
    await postman.deliverDue();
    expect(inbox[0]).not.toMatch(/^Bcc:/m);
  });

  it('attaches stored files', async () => {
    const { postman, inbox } = await mailServer();
    const { coalitionId, fileId } = await storedFile('month,amount\n2026-11,1000.00\n');
    const job = jobActor('subscription.run', coalitionId);
    await inTransaction(app.nest.get(Database), job, (tx) =>
      queueMails(tx, [draft({ coalitionId, attachments: [{ fileId, fileName: 'position.csv' }] })]),
    );
    await postman.deliverDue();
    expect(inbox[0]).toContain('filename=position.csv');
    expect(inbox[0]).toContain(Buffer.from('month,amount\n2026-11,1000.00\n').toString('base64'));
  });

  it('tries again, later each time, when the server says not now', async () => {
    let busy = true;
    const { postman, inbox } = await mailServer({
      onRcptTo: (_address, _session, done) =>
        busy ? done(Object.assign(new Error('Try again later'), { responseCode: 451 })) : done(),
    });
    await queue(draft({}));
    await postman.deliverDue();
    expect((await mails())[0]).toMatchObject({
      state: 'queued',
      attempts: 1,
      retry_at: new Date('2026-11-23T09:00:30Z'),
      last_error: containing('Try again later'),
    });
    expect(await postman.deliverDue()).toBe(0);
    app.clock.moveTo(new Date('2026-11-23T09:00:30Z'));
    await postman.deliverDue();
    expect((await mails())[0]).toMatchObject({ attempts: 2, retry_at: new Date('2026-11-23T09:01:30Z') });
    busy = false;
    app.clock.moveTo(new Date('2026-11-23T09:01:30Z'));
    await postman.deliverDue();
    expect((await mails())[0]).toMatchObject({ state: 'sent', attempts: 3 });
    expect(inbox).toHaveLength(1);
  });

  describe('of what was done while it was on its way', () => {
    /** Hands a mail over, and calls it off before the server, which has all of it, answers. */
    async function calledOffUnderWay(answer: (done: (error?: Error) => void) => void): Promise<MailRow> {
      const cause = { kind: 'report.remind', id: newId(), key: 'd-1' };
      const { postman } = await mailServer({
        onData: (stream, _session, done) => {
          stream.resume();
          stream.on('end', () => void callOffMail(cause.id).then(() => answer(done)));
        },
      });
      await queue(draft({ cause }));
      await postman.deliverDue();
      app.clock.moveTo(new Date('2026-11-24T09:00:00Z'));
      expect(await postman.deliverDue()).toBe(0);
      return (await mails())[0]!;
    }
    const callOffMail = (subjectId: string): Promise<number> =>
      inTransaction(app.nest.get(Database), doorActor('post', 'test'), (tx) =>
        callOff(tx, 'report.remind', [subjectId], 'It was handed in.'),
      );

    it('tries none again that is refused for now', async () => {
      const mail = await calledOffUnderWay((done) =>
        done(Object.assign(new Error('Come back later'), { responseCode: 451 })),
      );
      expect(mail).toMatchObject({ state: 'withdrawn', attempts: 1, retry_at: null });
      expect(mail.last_error).toContain('Come back later');
    });

    it('knows one as sent that got through, and as uncertain one that may have', async () => {
      expect(await calledOffUnderWay((done) => done())).toMatchObject({ state: 'sent', attempts: 1 });
      await app.rows(`DELETE FROM mail_messages`);
      const hangUp = () => {
        const { connections } = servers.at(-1) as unknown as { connections: Set<{ close(): void }> };
        for (const connection of connections) connection.close();
      };
      expect(await calledOffUnderWay(hangUp)).toMatchObject({ state: 'uncertain', attempts: 1 });
    });

    it('sends none again that was doubted, called off, and then refused', async () => {
      const mail = await calledOffUnderWay(
        (done) =>
          void app
            .rows(`UPDATE mail_messages SET state = 'uncertain', lease_until = NULL`)
            .then(() => done(Object.assign(new Error('Come back later'), { responseCode: 451 }))),
      );
      expect(mail).toMatchObject({ state: 'withdrawn', retry_at: null });
    });
  });

  it('gives up after five days, and says why', async () => {
    const postman = withServer('smtp://127.0.0.1:1');
    await queue(draft({}));
    let tries = 0;
    for (
      const end = new Date('2026-11-29T09:00:00Z');
      app.clock.now() < end && (await postman.deliverDue()) > 0;
    ) {
      tries += 1;
      const [mail] = await mails();
      if (mail!.retry_at) app.clock.moveTo(mail!.retry_at);
    }
    expect(tries).toBe(37);
    expect(app.clock.now().toISOString().slice(0, 10)).toBe('2026-11-28');
    await postman.deliverDue();
    expect((await mails())[0]).toMatchObject({
      state: 'failed',
      last_error: containing('ECONNREFUSED'),
    });
  });

  it('leaves the queue alone while the server is out of reach', async () => {
    const postman = withServer('smtp://127.0.0.1:1');
    await queue(...Array.from({ length: 20 }, (_, n) => draft({ to: `reader${n}@example.org` })));
    expect(await postman.deliverDue()).toBeLessThanOrEqual(4);
    expect(new Set((await mails()).map(({ state }) => state))).toEqual(new Set(['queued']));
  });

  it('does not repeat what the server refuses for good', async () => {
    const { postman } = await mailServer({
      onRcptTo: (_address, _session, done) =>
        done(Object.assign(new Error('No such user'), { responseCode: 550 })),
    });
    await queue(draft({}));
    await postman.deliverDue();
    app.clock.moveTo(new Date('2026-11-24T09:00:00Z'));
    expect(await postman.deliverDue()).toBe(0);
    expect((await mails())[0]).toMatchObject({
      state: 'failed',
      last_error: containing('No such user'),
    });
  });

  it('waits for somebody to mend the settings when the server refuses the sign-in', async () => {
    const { port } = await mailServer({
      authOptional: false,
      onAuth: (_auth, _session, done) => done(new Error('Wrong password')),
    });
    await queue(draft({}));
    await withServer(`smtp://tributary:wrong@127.0.0.1:${port}`).deliverDue();
    expect((await mails())[0]).toMatchObject({ state: 'queued', attempts: 1 });
  });

  it('is in doubt when the connection goes after the mail was handed over, and never sends it again', async () => {
    const received: string[] = [];
    const { postman } = await mailServer({
      onData: (stream, session) => {
        stream.on('data', (chunk: Buffer) => received.push(chunk.toString()));
        stream.on('end', () => {
          const sessions = (servers[0] as unknown as { connections: Set<{ close(): void; id: string }> })
            .connections;
          for (const connection of sessions) if (connection.id === session.id) connection.close();
        });
      },
    });
    await queue(draft({}));
    await postman.deliverDue();
    expect(received.join('')).toContain('Please report.');
    expect((await mails())[0]).toMatchObject({ state: 'uncertain', attempts: 1 });
    app.clock.moveTo(new Date('2026-12-23T09:00:00Z'));
    expect(await postman.deliverDue()).toBe(0);
    expect((await mails())[0]).toMatchObject({ state: 'uncertain', attempts: 1 });
  });

  it('is in doubt about what a process that is gone was sending', async () => {
    const { postman, inbox } = await mailServer();
    await queue(draft({}));
    await app.rows(
      `UPDATE mail_messages SET state = 'sending', attempts = 1, lease_until = '2026-11-23T09:09:00Z'`,
    );
    app.clock.moveTo(new Date('2026-11-23T09:09:00Z'));
    await postman.deliverDue();
    expect((await mails())[0]).toMatchObject({ state: 'sending' });
    app.clock.moveTo(new Date('2026-11-23T09:09:01Z'));
    await postman.deliverDue();
    expect((await mails())[0]).toMatchObject({
      state: 'uncertain',
      last_error: 'The process that was sending it ended before it knew the answer.',
    });
    expect(inbox).toEqual([]);
  });

  it('shares the round with others: each mail goes once', async () => {
    const { postman, inbox } = await mailServer();
    await queue(...Array.from({ length: 40 }, (_, n) => draft({ to: `reader${n}@example.org` })));
    const delivered = await Promise.all([postman.deliverDue(), postman.deliverDue(), postman.deliverDue()]);
    expect(delivered.reduce((sum, count) => sum + count, 0)).toBe(40);
    expect(new Set(inbox.map((mail) => /^To: (.*)$/m.exec(mail)?.[1])).size).toBe(40);
    expect(inbox).toHaveLength(40);
  });
});

interface MailRow {
  id: string;
  state: string;
  attempts: number;
  retry_at: Date | null;
  sent_at: Date | null;
  last_error: string | null;
  subject: string;
  text: string;
}

const containing = (text: string) => expect.stringContaining(text) as unknown as string;

const mails = () => app.rows<MailRow>(`SELECT *, text_body AS text FROM mail_messages ORDER BY id`);

function draft(parts: Partial<MailDraft>): MailDraft {
  return {
    coalitionId: null,
    personId: null,
    to: 'ana@example.org',
    template: 'reporting.reminder',
    subject: 'Report due',
    text: 'Please report.\n',
    html: '<p>Please report.</p>',
    cause: { kind: 'test', id: newId(), key: 'once' },
    ...parts,
  };
}

const queue = (...drafts: MailDraft[]): Promise<number> =>
  inTransaction(app.nest.get(Database), doorActor('post', 'test'), (tx) => queueMails(tx, drafts));

const withServer = (smtpUrl: string): Postman =>
  new Postman(app.nest.get(Database), { ...app.nest.get<Config>(CONFIG), smtpUrl });

/** A mail server that takes everything, but for what `options` say, and shows what it got. */
async function mailServer(options: SMTPServerOptions = {}) {
  const inbox: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    closeTimeout: 500,
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        inbox.push(Buffer.concat(chunks).toString().replace(/\r\n/g, '\n'));
        done();
      });
    },
    ...options,
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.server.address() as AddressInfo;
  return { inbox, port, postman: withServer(`smtp://127.0.0.1:${port}`) };
}

async function storedFile(text: string): Promise<{ coalitionId: string; fileId: string }> {
  const [made] = await app.rows<{ coalitionId: string; fileId: string }>(
    `WITH c AS (INSERT INTO coalitions (name, kind, time_zone, business_day, created_at)
       VALUES ('Harbour', 'coordinating', 'Europe/London', 'following', '2025-01-01') RETURNING id)
     INSERT INTO stored_files (coalition_id, sha256, media_type, size_bytes, content, created_at)
     SELECT id, $1, 'text/csv', $2, $3, '2026-11-23' FROM c RETURNING coalition_id AS "coalitionId", id AS "fileId"`,
    [createHash('sha256').update(text).digest('hex'), Buffer.byteLength(text), Buffer.from(text)],
  );
  return made!;
}
