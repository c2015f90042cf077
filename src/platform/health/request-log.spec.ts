import { describe, expect, it } from '@jest/globals';
import fastify from 'fastify';
import { pino } from 'pino';
import { logRequests } from './request-log.js';

interface Line {
  level: number;
  msg: string;
  [field: string]: unknown;
}

async function linesOf(url: string): Promise<{ lines: Line[]; observed: object[] }> {
  const lines: Line[] = [];
  const observed: object[] = [];
  const log = pino(
    { level: 'debug' },
    { write: (line: string) => void lines.push(JSON.parse(line) as Line) },
  );
  const server = fastify();
  logRequests(server, log, { observe: (request) => void observed.push(request) });
  server.get('/grants/:grantId', () => 'grant');
  server.get('/invitations/:secret', () => 'welcome');
  server.get('/health/live', () => 'live');
  await server.inject({
    url,
    headers: { authorization: 'Bearer trb_secret', cookie: 'tributary=secret' },
  });
  await server.close();
  return { lines, observed };
}

describe('the log of requests', () => {
  it('has one line for each, with what identifies it', async () => {
    const { lines, observed } = await linesOf('/grants/7?note=private');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: 30,
      method: 'GET',
      route: '/grants/:grantId',
      path: '/grants/7',
      status: 200,
      msg: 'GET /grants/:grantId 200',
    });
    expect(lines[0]).toHaveProperty('requestId');
    expect(observed).toEqual([
      expect.objectContaining({ method: 'GET', route: '/grants/:grantId', status: 200 }),
    ]);
  });

  it.each(['/invitations/onetime', '/nowhere/secret', '/grants/7?token=secret'])(
    'holds no secret of %s',
    async (url) => {
      const { lines } = await linesOf(url);
      expect(lines).toHaveLength(1);
      expect(JSON.stringify(lines)).not.toMatch(/onetime|=secret|\/secret|trb_/);
    },
  );

  it('is quiet about what programs ask every few seconds', async () => {
    const { lines } = await linesOf('/health/live');
    expect(lines.map(({ level }) => level)).toEqual([20]);
  });
});
