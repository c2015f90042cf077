import { createHash, randomBytes } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { InjectOptions, Response } from 'light-my-request';
import pg from 'pg';
import { v7 as newId } from 'uuid';
import { MovableClock } from '../../src/platform/clock.js';
import { readConfig } from '../../src/platform/config/config.js';
import { personActor } from '../../src/platform/database/actor.js';
import { Database, inTransaction } from '../../src/platform/database/database.js';
import type { Tx } from '../../src/platform/database/tx.js';
import type { Role } from '../../src/platform/http/request.js';
import { openApiDocument } from '../../src/platform/http/openapi.js';
import { createLogger } from '../../src/platform/logging.js';
import { DueWork } from '../../src/platform/queue/due-work.js';
import { createWebServer } from '../../src/web-server.js';
import { Contract } from './open-api.js';
import { createDatabase, queuePrefix, type TestDatabase, testRedisUrl } from './servers.js';

/** The whole web process on a database of its own, with a clock that stands where it is put. */
export class TestApp {
  private constructor(
    readonly nest: NestFastifyApplication,
    readonly database: TestDatabase,
    readonly clock: MovableClock,
    private readonly owner: pg.Client,
    readonly contract: Contract,
  ) {}

  /**
   * @param options.story a name under which the database is kept, so that it can be verified after the run
   * @param options.now   where the clock stands first
   * @param options.log   gets every line of the log, however small
   */
  static async start(
    options: { story?: string; now?: string; log?: (line: string) => void } = {},
  ): Promise<TestApp> {
    const database = await createDatabase(options.story);
    const clock = new MovableClock(new Date(options.now ?? '2026-11-23T09:00:00Z'));
    const config = readConfig({
      NODE_ENV: 'test',
      DATABASE_URL: database.appUrl,
      REDIS_URL: testRedisUrl(),
      QUEUE_PREFIX: queuePrefix(),
      SESSION_SECRET: randomBytes(32).toString('hex'),
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    });
    const logger = options.log
      ? createLogger('test', 'trace', { write: options.log })
      : createLogger('test', config.logLevel);
    const nest = await createWebServer({ config, clock, logger });
    await nest.init();
    await nest.getHttpAdapter().getInstance().ready();
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    return new TestApp(nest, database, clock, owner, new Contract(openApiDocument(nest, config)));
  }

  async stop(): Promise<void> {
    await this.owner.end();
    await this.nest.close();
    await this.database.drop();
  }

  /** Rows as the owner of the schema sees them: every coalition's. int8 and date arrive as text. */
  async rows<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return (await this.owner.query(sql, parameters)).rows as Row[];
  }

  /** Does damage that only a superuser can do, behind every rule of the application. */
  async asSuperuser(sql: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.database.superuserUrl });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }

  /** Moves the clock, and does everything that has come due by then. */
  async moveTo(instant: string): Promise<void> {
    this.clock.moveTo(new Date(instant));
    await this.nest.get(DueWork).drain();
  }

  /** Does everything that is due now. */
  async drain(): Promise<void> {
    await this.nest.get(DueWork).drain();
  }

  /** A person with an API token. Give them seats with `seat`, or by the API. */
  async person(name: string, options: { administrator?: boolean } = {}): Promise<Client> {
    const id = newId();
    const email = `${name.toLowerCase().replace(/[^a-z0-9]+/g, '.')}@example.org`;
    const token = `trb_${randomBytes(24).toString('base64url')}`;
    const now = this.clock.now();
    await this.owner.query(
      `INSERT INTO persons (id, email, name, is_administrator, created_at) VALUES ($1, $2, $3, $4, $5)`,
      [id, email, name, options.administrator ?? false, now],
    );
    await this.owner.query(
      `INSERT INTO api_tokens (person_id, name, prefix, token_hash, scopes, created_at, expires_at)
       VALUES ($1, 'test', $2, $3, '{read,write}', $4, '2100-01-01')`,
      [id, token.slice(0, 8), createHash('sha256').update(token).digest('hex'), now],
    );
    return new Client(this, id, name, email, token);
  }

  /** Gives a person a seat, without asking anybody. */
  async seat(
    person: Client,
    coalitionId: string,
    role: Role,
    organisationId: string | null = null,
  ): Promise<void> {
    await this.owner.query(
      `INSERT INTO memberships (coalition_id, person_id, role, organisation_id, since_on)
       VALUES ($1, $2, $3, $4, '2000-01-01')`,
      [coalitionId, person.id, role, organisationId],
    );
  }

  /** Calls a service as this person, in a transaction of its own. */
  as<T>(person: Client, work: (tx: Tx) => Promise<T>): Promise<T> {
    return inTransaction(this.nest.get(Database), personActor(person.id, person.name), work);
  }
}

export interface Answer<Body> {
  status: number;
  body: Body;
  headers: Response['headers'];
}

/** Somebody who talks to the API; every answer is held to the OpenAPI document. */
export class Client {
  constructor(
    private readonly app: TestApp,
    readonly id: string,
    readonly name: string,
    readonly email: string,
    readonly token: string,
  ) {}

  get<Body>(path: string, headers: Record<string, string> = {}): Promise<Answer<Body>> {
    return this.send<Body>({ method: 'GET', url: path, headers });
  }

  /** Posts with a new Idempotency-Key, unless `headers` brings one. */
  post<Body>(path: string, payload?: object, headers: Record<string, string> = {}): Promise<Answer<Body>> {
    return this.send<Body>({
      method: 'POST',
      url: path,
      payload,
      headers: { 'idempotency-key': newId(), ...headers },
    });
  }

  patch<Body>(path: string, payload: object, version: number): Promise<Answer<Body>> {
    return this.send<Body>({ method: 'PATCH', url: path, payload, headers: { 'if-match': `"${version}"` } });
  }

  async send<Body>(request: InjectOptions): Promise<Answer<Body>> {
    const answer = await this.app.nest.inject({
      ...request,
      headers: { authorization: `Bearer ${this.token}`, ...request.headers },
    });
    const contentType = String(answer.headers['content-type']);
    const body = (contentType.includes('json') ? answer.json() : answer.payload) as Body;
    const { method = 'GET', url } = request;
    if (typeof url === 'string' && url.startsWith('/api/v1/')) {
      const complaint = this.app.contract.complaint(method, url, answer.statusCode, contentType, body);
      if (complaint) throw new Error(`The answer is not what the OpenAPI document says. ${complaint}`);
    }
    return { status: answer.statusCode, body, headers: answer.headers };
  }

  /** The answer's body, or an error that shows what came instead. */
  async must<Body>(sent: Promise<Answer<Body>>): Promise<Body> {
    const { status, body } = await sent;
    if (status >= 300) throw new Error(`${this.name} was answered ${status}: ${JSON.stringify(body)}`);
    return body;
  }
}
