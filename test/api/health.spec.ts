import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as newId } from 'uuid';
import type { Config } from '../../src/platform/config/config.js';
import { MovableClock } from '../../src/platform/clock.js';
import { createLogger } from '../../src/platform/logging.js';
import { CONFIG } from '../../src/platform/tokens.js';
import { createWebServer } from '../../src/web-server.js';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());

const config = () => app.nest.get<Config>(CONFIG);

/** Another web process on the same database, with other settings. */
async function withSettings<T>(settings: Partial<Config>, work: (get: Get) => Promise<T>): Promise<T> {
  const other = await createWebServer({
    config: { ...config(), ...settings },
    clock: new MovableClock(new Date('2026-11-23T09:00:00Z')),
    logger: createLogger('test', 'silent'),
  });
  try {
    await other.init();
    await other.getHttpAdapter().getInstance().ready();
    return await work((url, headers, remoteAddress) => other.inject({ url, headers, remoteAddress }));
  } finally {
    await other.close();
  }
}
type Get = (
  url: string,
  headers?: Record<string, string>,
  remoteAddress?: string,
) => Promise<{ statusCode: number; payload: string }>;

describe('health', () => {
  it('is live whenever the process runs', async () => {
    const answer = await app.nest.inject({ url: '/health/live' });
    expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'live' }]);
  });

  it('is ready while the database has every migration, and says what is missing', async () => {
    expect((await app.nest.inject({ url: '/health/ready' })).json()).toEqual({ status: 'ready' });
    const [last] = await app.rows<{ id: number; timestamp: string; name: string }>(
      `DELETE FROM migrations WHERE id = (SELECT max(id) FROM migrations) RETURNING *`,
    );
    const answer = await app.nest.inject({ url: '/health/ready' });
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({
      code: 'notReady',
      detail: `The database lacks a migration (${last!.name}).`,
    });
    const production = { environment: 'production' as const };
    await expect(withSettings(production, async () => true)).rejects.toThrow(
      `The database lacks a migration (${last!.name}). Run \`npm run cli -- migrate\` before you start this version.`,
    );
    await app.rows(`INSERT INTO migrations (id, timestamp, name) VALUES ($1, $2, $3)`, [
      last!.id,
      last!.timestamp,
      last!.name,
    ]);
    expect(await withSettings(production, async () => true)).toBe(true);
  });
});

describe('metrics', () => {
  it('count requests by route, and the work that waits', async () => {
    const [made] = await app.rows<{ id: string }>(
      `INSERT INTO coalitions (name, kind, time_zone, business_day, created_at)
       VALUES ('Late', 'coordinating', 'Europe/London', 'following', '2025-01-01') RETURNING id`,
    );
    await app.rows(
      `INSERT INTO occurrences (coalition_id, kind, subject_id, period_key, channel, due_at)
       VALUES ($1, 'report.remind', $2, 'a', 'mail', '2026-11-23T08:58:00Z'),
              ($1, 'report.remind', $2, 'b', 'mail', '2026-12-23T08:58:00Z')`,
      [made!.id, newId()],
    );
    await app.nest.inject({ url: '/health/live' });
    const { payload, headers } = await app.nest.inject({ url: '/metrics' });
    expect(headers['content-type']).toContain('text/plain; version=0.0.4');
    expect(payload).toContain('tributary_occurrences_waiting{kind="report.remind"} 2');
    expect(payload).toContain('tributary_occurrences_late{kind="report.remind"} 1');
    expect(payload).toContain('tributary_outbox_open 0');
    expect(payload).toContain('tributary_mails{state="queued"} 0');
    expect(payload).toContain('tributary_database_up 1');
    expect(payload).toMatch(
      /tributary_http_request_seconds_count\{method="GET",route="\/health\/live",status="200"\} \d+/,
    );
    expect(payload).toContain('process_cpu_seconds_total');
  });

  it('answer this machine only, without a token', async () => {
    const from = (remoteAddress: string, headers = {}) =>
      app.nest.inject({ url: '/metrics', remoteAddress, headers }).then(({ statusCode }) => statusCode);
    expect(await from('127.0.0.1')).toBe(200);
    expect(await from('::1')).toBe(200);
    expect(await from('192.0.2.1')).toBe(404);
    expect(await from('127.0.0.1', { 'x-forwarded-for': '192.0.2.1' })).toBe(404);
  });

  it('answer whoever brings the token, where there is one', async () => {
    await withSettings({ metricsToken: 'collect-me' }, async (get) => {
      const asked = (authorization?: string) =>
        get('/metrics', authorization ? { authorization } : {}, '192.0.2.1').then(
          ({ statusCode }) => statusCode,
        );
      expect(await asked('Bearer collect-me')).toBe(200);
      expect(await asked('Bearer something-else')).toBe(401);
      expect(await asked()).toBe(401);
    });
  });
});

describe('an address that nobody knows', () => {
  it('is a page for a browser, and a problem for a program', async () => {
    const page = await new Browser(app).get('/nowhere');
    expect([page.status, page.html.includes('<h1>Not found</h1>')]).toEqual([404, true]);
    const answer = await app.nest.inject({ url: '/api/v1/nowhere' });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
  });
});
