import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { checks } from '../../src/checks.js';
import { reportKinds } from '../../src/finance-reports/definitions/report-definitions.js';
import { ReportMaking } from '../../src/finance-reports/runs/report-making.js';
import { personActor } from '../../src/platform/database/actor.js';
import { Database, inTransaction } from '../../src/platform/database/database.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { ContributionsService } from '../../src/pools/contributions/contributions.service.js';
import { lockPool } from '../../src/pools/pool-position.js';
import { type Client, TestApp } from '../support/app.js';
import {
  award,
  foundCoalition,
  fund,
  type Made,
  type ProblemBody,
  type TestCoalition,
} from '../support/coalition.js';
import { figuresOf, madeReport, type ReportRunBody } from '../support/finance-report.js';

let app: TestApp;
let river: TestCoalition;
let harbour: TestCoalition;
/** Looks after the finances of both. */
let ana: Client;
/** Looks after the finances of one, and delivers in the other. */
let ben: Client;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  river = await foundCoalition(app, 'River Towns');
  harbour = await foundCoalition(app, 'Harbour Towns', { pool: { currency: 'EUR' } });
  await fund(river, '20000.00');
  await fund(harbour, '700.00');
  await award(river, { amount: '5000.00', firstOn: '2026-12-31', everyMonths: 12, equalInstalments: 2 });
  ana = await app.person('Ana');
  ben = await app.person('Ben');
  for (const { id } of [river, harbour]) await app.seat(ana, id, 'finance');
  await app.seat(ben, river.id, 'finance');
  await app.seat(ben, harbour.id, 'partner', harbour.stream);
});
afterAll(() => app?.stop());

const ask = (person: Client, path: string, more: object = {}): Promise<ReportRunBody> =>
  person.must(person.post<ReportRunBody>(`/api/v1/${path}`, { kind: 'poolPosition', ...more }));

const read = (person: Client, { id }: { id: string }): Promise<ReportRunBody> =>
  person.must(person.get<ReportRunBody>(`/api/v1/report-runs/${id}`));

/** Opens an address without being signed in. */
const open = (address: string) =>
  app.nest.inject({
    method: 'GET',
    url: new URL(address).pathname + new URL(address).search,
    headers: { accept: 'text/html' },
  });

const mailsOf = (run: { id: string }) =>
  app.rows<{ to: string; template: string; text: string; attached: number }>(
    `SELECT m.to_address AS "to", m.template, m.text_body AS text,
       (SELECT count(*)::int FROM mail_attachments a WHERE a.mail_id = m.id) AS attached
     FROM mail_messages m WHERE m.cause_id = $1 ORDER BY m.created_at, m.template, m.to_address`,
    [run.id],
  );

describe('a report on several coalitions', () => {
  it('has a section for each pool that its asker sees, and files of them all', async () => {
    const { id } = await ask(ana, 'finance-reports');
    await app.drain();
    const run = await read(ana, { id });
    expect([run.state, run.sections.map(({ pool, currency }) => [pool, currency])]).toEqual([
      'made',
      [
        ['Harbour Towns Fund', 'EUR'],
        ['River Towns Fund', 'GBP'],
      ],
    ]);
    const file = await ana.get<string>(`/api/v1/report-runs/${id}/files/csv`);
    expect(file.body).toContain('Harbour Towns Fund,keyFigures,,cash,700.00,EUR');
    expect(createHash('sha256').update(file.body).digest('hex')).toBe(run.files[0]!.sha256);
  });

  it('is seen by those alone who see the money of all of them: by nobody else’s list, page, file or letter', async () => {
    const { id } = await ask(ana, 'finance-reports', { coalitionIds: [river.id, harbour.id] });
    await app.drain();
    expect((await read(ana, { id })).state).toBe('made');
    for (const stranger of [river.finance, harbour.finance, ben]) {
      expect((await stranger.get(`/api/v1/report-runs/${id}`)).status).toBe(404);
      expect((await stranger.get(`/api/v1/report-runs/${id}/files/csv`)).status).toBe(404);
      const { items } = await stranger.must(stranger.get<{ items: Made[] }>('/api/v1/report-runs?limit=500'));
      expect(items.map((run) => run.id)).not.toContain(id);
      const seen = await app.as(stranger, (tx) =>
        tx.rows(
          `SELECT s.id FROM stored_files s WHERE s.id IN (SELECT file_id FROM stored_file_parts)
             AND $1::uuid = ANY (s.coalition_ids) AND cardinality(s.coalition_ids) > 1`,
          [harbour.id],
        ),
      );
      expect(seen).toEqual([]);
    }
    const refused = await river.finance.post<ProblemBody>('/api/v1/finance-reports', {
      ...{ kind: 'poolPosition', coalitionIds: [river.id, harbour.id] },
    });
    expect([refused.status, refused.body.errors[0]?.pointer]).toEqual([422, '/coalitionIds/1']);
  });

  it('fails, with its reason, when its owner has lost one of them meanwhile', async () => {
    const { id } = await ask(ana, 'finance-reports', { coalitionIds: [river.id, harbour.id] });
    await app.rows(
      `UPDATE memberships SET until_on = '2026-11-22' WHERE person_id = $1 AND coalition_id = $2`,
      [ana.id, harbour.id],
    );
    await app.drain();
    await app.rows(`UPDATE memberships SET until_on = NULL WHERE person_id = $1`, [ana.id]);
    expect(await read(ana, { id })).toMatchObject({ state: 'failed', files: [] });
    expect((await mailsOf({ id })).map(({ to, template }) => [to, template])).toEqual([
      [ana.email, 'financeReport.failed'],
    ]);
  });

  it('is shown in one currency at stated rates, and held to each ledger in its own', async () => {
    const shown = { currency: 'EUR', rates: [{ from: 'GBP', to: 'EUR', rate: '1.15', source: 'ECB' }] };
    const { id } = await ask(ana, 'finance-reports', shown);
    await app.drain();
    const run = await read(ana, { id });
    const cash = run.sections.map(({ currency, keyFigures, controlTotals }) => [
      ...[currency, keyFigures.find(({ name }) => name === 'cash')!.amount],
      controlTotals.find(({ name }) => name === 'Cash')!.ledger,
    ]);
    expect(cash).toEqual([
      ['EUR', '700.00', '700.00'],
      ['EUR', '23000.00', '20000.00'],
    ]);
    const refused = await ana.post<ProblemBody>('/api/v1/finance-reports', {
      ...{ kind: 'poolPosition', currency: 'EUR' },
    });
    expect([refused.status, refused.body.errors[0]?.pointer]).toEqual([422, '/rates']);
  });

  it('that comes round is sent to those recipients alone who see all of them', async () => {
    const recurrence = {
      every: 'week',
      on: 'weekday',
      weekday: 'tuesday',
      time: '08:00',
      timeZone: 'Europe/London',
    };
    const body = { kind: 'poolPosition', recurrence, recipientIds: [ana.id] };
    const stranger = { ...body, recipientIds: [ana.id, ben.id] };
    const refused = await ana.post<ProblemBody>('/api/v1/subscriptions', stranger);
    expect(refused.body.errors[0]?.pointer).toBe('/recipientIds/1');
    const subscription = await ana.must(ana.post<Made>('/api/v1/subscriptions', body));
    await app.moveTo('2026-11-24T08:05:00Z');
    const { items } = await ana.must(
      ana.get<{ items: ReportRunBody[] }>(`/api/v1/report-runs?subscriptionId=${subscription.id}`),
    );
    expect(items.map(({ state }) => state)).toEqual(['made']);
    const [mail] = await mailsOf(items[0]!);
    // The file, and the chart that the mail shows.
    expect([mail!.to, mail!.attached]).toEqual([ana.email, 2]);
    const charts = (person: Client) =>
      app.as(person, (tx) =>
        tx.rows(
          `SELECT id FROM stored_files WHERE media_type = 'image/png' AND cardinality(coalition_ids) = 2`,
        ),
      );
    expect([await charts(ana), await charts(river.finance)]).toEqual([[expect.anything()], []]);
    expect(mail!.text).toContain('River Towns Fund');
    expect((await river.finance.get(`/api/v1/subscriptions/${subscription.id}`)).status).toBe(404);
    await ana.must(ana.post(`/api/v1/subscriptions/${subscription.id}/end`));
  });
});

describe('every kind of report', () => {
  it('is made of a coalition, ties, and is made again with the same CSV, whatever was recorded since', async () => {
    const asked: ReportRunBody[] = [];
    for (const kind of reportKinds)
      asked.push(
        await ask(river.finance, `coalitions/${river.id}/finance-reports`, { kind, from: '2026-01-01' }),
      );
    await app.drain();
    app.clock.moveTo(new Date(app.clock.now().getTime() + 60_000));
    await fund(river, '1.00');
    for (const [index, { id }] of asked.entries()) {
      const first = await read(river.finance, { id });
      expect([reportKinds[index], first.state]).toEqual([reportKinds[index], 'made']);
      const { id: againId } = await ask(river.finance, `report-runs/${id}/again`);
      await app.drain();
      const again = await read(river.finance, { id: againId });
      expect(again.files.map(({ sha256 }) => sha256)).toEqual(first.files.map(({ sha256 }) => sha256));
    }
  });
});

describe('what is recorded while a report is made', () => {
  const receive = (amount: string, bankReference: string) => ({
    ...{ funderId: river.north, amount, receivedOn: '2026-11-24', bankReference },
  });
  const cashOf = (run: ReportRunBody) => figuresOf(run).cash!;

  it('by a transaction that began before its instant comes after it, so that it says the same again', async () => {
    const { finance, poolId } = river;
    const actor = personActor(finance.id, finance.name);
    const run = await inTransaction(app.nest.get(Database), actor, async (tx) => {
      app.clock.moveTo(new Date(app.clock.now().getTime() + 60_000));
      const made = await madeReport(app, finance, poolId);
      await app.nest.get(ContributionsService).receive(tx, poolId, receive('3.00', 'EARLY'));
      return made;
    });
    const { id } = await ask(finance, `report-runs/${run.id}/again`);
    await app.drain();
    const again = await read(finance, { id });
    expect([cashOf(again), again.files[0]!.sha256]).toEqual([cashOf(run), run.files[0]!.sha256]);
    const [entry] = await app.rows<{ later: boolean }>(
      `SELECT e.recorded_at > r.as_of AS later FROM journal_entries e, report_runs r WHERE r.id = $1
       AND e.description LIKE '%EARLY%'`,
      [run.id],
    );
    expect(entry).toEqual({ later: true });
  });

  it('is waited for where it is half in, and is in the report', async () => {
    const { finance, poolId } = river;
    app.clock.moveTo(new Date(app.clock.now().getTime() + 60_000));
    const before = BigInt(cashOf(await madeReport(app, finance, poolId)).replace('.', ''));
    app.clock.moveTo(new Date(app.clock.now().getTime() + 60_000));
    const { id } = await ask(finance, `pools/${poolId}/finance-reports`);
    let making = Promise.resolve();
    await inTransaction(app.nest.get(Database), personActor(finance.id, finance.name), async (tx) => {
      await app.nest.get(ContributionsService).receive(tx, poolId, receive('4.00', 'HALF IN'));
      making = app.drain();
      await pause(500);
      expect((await read(finance, { id })).state).toBe('making');
    });
    await making;
    const run = await read(finance, { id });
    expect([run.state, cashOf(run)]).toEqual(['made', `${(before + 400n) / 100n}.00`]);
  });
});

describe('a report that waits or is being made', () => {
  it('is cancelled, and leaves no file', async () => {
    const { finance, poolId } = river;
    const waiting = await ask(finance, `pools/${poolId}/finance-reports`);
    const cancelled = await finance.post<ReportRunBody>(`/api/v1/report-runs/${waiting.id}/cancel`);
    expect([cancelled.status, cancelled.body.state]).toEqual([200, 'cancelled']);
    const making = await ask(finance, `pools/${poolId}/finance-reports`);
    let drained: Promise<void> | undefined;
    await app.as(finance, async (tx) => {
      await lockPool(tx, poolId);
      drained = app.drain();
      await pause(500);
      await finance.must(finance.post(`/api/v1/report-runs/${making.id}/cancel`));
    });
    await drained;
    for (const { id } of [waiting, making])
      expect(await read(finance, { id })).toMatchObject({ state: 'cancelled', files: [] });
    expect((await finance.post(`/api/v1/report-runs/${making.id}/cancel`)).status).toBe(409);
  });

  it('is put back when its process is asked to end, as if it had not been begun, and made by the next', async () => {
    const { finance, poolId, id: coalitionId } = river;
    const { id } = await ask(finance, `pools/${poolId}/finance-reports`);
    const due = {
      ...{ id, coalitionId, kind: 'report.make' as const, subjectId: id, periodKey: 'run' },
      ...{ channel: 'report' as const, dueAt: app.clock.now(), attempts: 0 },
    };
    const outcome = await app.nest.get(ReportMaking).do(due, AbortSignal.abort());
    expect(outcome).toMatchObject({ state: 'waiting', retryAt: app.clock.now() });
    expect(await read(finance, { id })).toMatchObject({ state: 'queued', attempts: 0, files: [] });
    await app.drain();
    expect(await read(finance, { id })).toMatchObject({ state: 'made', attempts: 1 });
  });

  it('that cannot be written is tried three times, fails with its reason, and its owner is told', async () => {
    const { finance, poolId } = river;
    await app.asSuperuser(`
      CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
      CREATE TRIGGER disk_full BEFORE INSERT ON stored_file_parts FOR EACH ROW EXECUTE FUNCTION disk_full()`);
    const { id } = await ask(finance, `pools/${poolId}/finance-reports`);
    const states: [string, number][] = [];
    for (const seconds of [0, 31, 121]) {
      app.clock.moveTo(new Date(app.clock.now().getTime() + seconds * 1000));
      await app.drain();
      const { state, attempts } = (await read(finance, { id })) as ReportRunBody & { attempts: number };
      states.push([state, attempts]);
    }
    await app.asSuperuser(`DROP TRIGGER disk_full ON stored_file_parts; DROP FUNCTION disk_full()`);
    expect(states).toEqual([
      ['queued', 1],
      ['queued', 2],
      ['failed', 3],
    ]);
    const run = (await read(finance, { id })) as ReportRunBody & { failure: string };
    expect([run.failure, run.files]).toEqual(['could not extend file: No space left on device', []]);
    const [mail] = await mailsOf(run);
    expect([mail!.to, mail!.template]).toEqual([finance.email, 'financeReport.failed']);
    expect(mail!.text).toContain('No space left on device');
    const again = await ask(finance, `report-runs/${id}/again`);
    await app.drain();
    expect((await read(finance, again)).state).toBe('made');
  });
});

describe('a sealed link', () => {
  it('leads to the file for a week, without signing in, as long as its person may see it; and that is written down', async () => {
    const { finance, funder, poolId } = river;
    const run = await madeReport(app, finance, poolId);
    const { files } = await funder.must(
      funder.get<{ files: { link: string; sha256: string }[] }>(`/api/v1/report-runs/${run.id}`),
    );
    const [{ link, sha256 }] = files as [{ link: string; sha256: string }];
    const answer = await open(link);
    expect(answer.statusCode).toBe(200);
    expect(createHash('sha256').update(answer.rawPayload).digest('hex')).toBe(sha256);
    const [event] = await app.rows(
      `SELECT person_id AS "personId", after ->> 'by' AS by FROM audit_events WHERE action = 'report.downloaded' AND subject_id = $1`,
      [run.id],
    );
    expect(event).toEqual({ personId: funder.id, by: 'link' });

    for (const tampered of [
      link.replace(funder.id, finance.id),
      link.replace(/until=\d/, 'until=9'),
      link.slice(0, -1),
    ]) {
      const refused = await open(tampered);
      expect([refused.statusCode, refused.body.includes('This link is not valid')]).toEqual([403, true]);
    }
    const today = app.clock.now().toISOString().slice(0, 10);
    await app.rows(`UPDATE memberships SET until_on = $2::date - 1 WHERE person_id = $1`, [funder.id, today]);
    expect((await open(link)).body).toContain('may not see this report any more');
    await app.rows(`UPDATE memberships SET until_on = NULL WHERE person_id = $1`, [funder.id]);
    const now = app.clock.now();
    app.clock.moveTo(new Date(now.getTime() + 8 * 24 * 3600 * 1000));
    const late = await open(link);
    expect([late.statusCode, late.body.includes('This link has expired')]).toEqual([410, true]);
    app.clock.moveTo(now);
  });
});

describe('a subscription', () => {
  const recurrence = { every: 'month', on: 'dayOfMonth', day: 5, time: '08:00', timeZone: 'Europe/London' };
  const subscribe = (more: object): Promise<Made> =>
    river.finance.must(
      river.finance.post<Made>(`/api/v1/coalitions/${river.id}/subscriptions`, {
        ...{ kind: 'poolPosition', recurrence, recipientIds: [river.finance.id, river.funder.id] },
        ...more,
      }),
    );

  it('is previewed: the report as it would be now, which is sent to nobody', async () => {
    const subscription = await subscribe({ period: 'previousMonth' });
    const { id } = await ask(river.finance, `subscriptions/${subscription.id}/preview`);
    await app.drain();
    expect(await read(river.finance, { id })).toMatchObject({
      ...{ state: 'made', isPreview: true, from: '2026-10-01', to: '2026-10-31' },
    });
    expect(await mailsOf({ id })).toEqual([]);
    await river.finance.must(river.finance.post(`/api/v1/subscriptions/${subscription.id}/end`));
  });

  it('tells its owner when the mail server of a recipient will not have the report', async () => {
    const { finance, funder } = river;
    const subscription = await subscribe({});
    await app.moveTo('2026-12-05T08:01:00Z');
    const { items } = await finance.must(
      finance.get<{ items: ReportRunBody[] }>(`/api/v1/report-runs?subscriptionId=${subscription.id}`),
    );
    await app.rows(
      `UPDATE mail_messages SET state = CASE to_address WHEN $2 THEN 'failed' ELSE 'sent' END,
         last_error = CASE to_address WHEN $2 THEN '550 no such person' END WHERE cause_id = $1`,
      [items[0]!.id, funder.email],
    );
    await app.moveTo('2026-12-05T08:30:00Z');
    const told = (await mailsOf(items[0]!)).filter(({ template }) => template === 'financeReport.refused');
    expect(told.map(({ to }) => to)).toEqual([finance.email]);
    expect(told[0]!.text).toContain('550 no such person');
    await finance.must(finance.post(`/api/v1/subscriptions/${subscription.id}/end`));
  });
});

describe('all that', () => {
  it('keeps every invariant', async () => {
    const results = await runChecks(checks, (sql) => app.rows(sql));
    expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
  });
});
