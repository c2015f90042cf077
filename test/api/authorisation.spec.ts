import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import pg from 'pg';
import { Database, inTransaction } from '../../src/platform/database/database.js';
import { notFound } from '../../src/platform/errors/domain-error.js';
import { AccessGuard, findResource } from '../../src/platform/http/access.guard.js';
import { ACCESS_RULE, type AccessRule, members, resources } from '../../src/platform/http/access.js';
import type { Role } from '../../src/platform/http/request.js';
import { type Route, routeTable } from '../../src/platform/http/route-table.js';
import { fillTwoCoalitions, type Side } from '../database/two-coalitions.js';
import { type Client, TestApp } from '../support/app.js';

let app: TestApp;
let theirs: Side;
let stranger: Client;
let routes: Route[];
const seated = new Map<Role, Client>();

beforeAll(async () => {
  app = await TestApp.start();
  const owner = new pg.Client({ connectionString: app.database.ownerUrl });
  await owner.connect();
  const [a, b] = await fillTwoCoalitions(owner);
  await owner.end();
  theirs = a;
  stranger = await app.person('Funder of another coalition');
  for (const role of members) await app.seat(stranger, b.coalition, role, b.ids.organisations![0]);
  for (const role of members) {
    const person = await app.person(`Only a ${role}`);
    const needsOrganisation = role === 'funder' || role === 'partner';
    await app.seat(person, a.coalition, role, needsOrganisation ? a.ids.organisations![0] : null);
    seated.set(role, person);
  }
  routes = routeTable(app.nest, app.nest.get(Reflector));
});
afterAll(() => app?.stop());

type RolesRule = Extract<AccessRule, { kind: 'roles' }>;
const ofRoles = (): (Route & { rule: RolesRule })[] =>
  routes.filter((route): route is Route & { rule: RolesRule } => route.rule.kind === 'roles');

/** A route's address, with the ids of the other coalition's rows in it. */
function addressOf(route: Route): string {
  return route.path.replace(/:(\w+)/g, (_, parameter: string) => {
    const name = parameter.replace(/Id$/, '') as keyof typeof resources;
    const resource = resources[name] as { table: string } | undefined;
    if (!resource) return parameter === 'format' ? 'csv' : 'x';
    return resource.table === 'coalitions' ? theirs.coalition : theirs.ids[resource.table]![0]!;
  });
}

async function ask(
  person: Client | null,
  route: Route,
): Promise<{ status: number; text: string; code: string | null }> {
  const isPage = !route.path.startsWith('/api/');
  const answer = await app.nest.inject({
    method: route.method as 'GET',
    url: addressOf(route),
    headers: {
      ...(person && { authorization: `Bearer ${person.token}` }),
      ...(isPage ? { accept: 'text/html' } : { 'idempotency-key': crypto.randomUUID(), 'if-match': '"1"' }),
    },
    ...(route.method === 'GET' ? {} : { payload: {} }),
  });
  const isProblem = String(answer.headers['content-type']).includes('problem+json');
  return {
    status: answer.statusCode,
    text: answer.payload,
    code: isProblem ? answer.json<{ code: string }>().code : null,
  };
}

/** What went otherwise than expected, a line for each route. */
async function exceptions(
  asked: Route[],
  person: Client | null,
  isRight: (answer: { status: number; text: string; code: string | null }, route: Route) => boolean,
): Promise<string[]> {
  const lines: string[] = [];
  for (const route of asked) {
    const answer = await ask(person, route);
    if (!isRight(answer, route))
      lines.push(`${route.method} ${route.path}: ${answer.status} ${answer.text.slice(0, 160)}`);
  }
  return lines;
}

describe('every route', () => {
  it('has a rule, and most ask for a role in a coalition', () => {
    expect(routes.length).toBeGreaterThan(80);
    expect(ofRoles().length).toBeGreaterThan(routes.length / 2);
  });

  it('asks nobody in who has not signed in', async () => {
    const closed = routes.filter(({ rule }) => rule.kind !== 'public');
    const wrong = await exceptions(closed, null, ({ status }, { method, path }) =>
      !path.startsWith('/api/') && method === 'GET' ? status === 303 : status === 401,
    );
    expect(wrong).toEqual([]);
  });

  it("says 404 to a funder of another coalition who asks for this one's", async () => {
    expect(await exceptions(ofRoles(), stranger, ({ status }) => status === 404)).toEqual([]);
  });

  it('of the administrators is not there for anybody else', async () => {
    const administrators = routes.filter(({ rule }) => rule.kind === 'administrator');
    expect(administrators.length).toBeGreaterThan(0);
    expect(await exceptions(administrators, stranger, ({ status }) => status === 404)).toEqual([]);
  });

  it.each(members)('refuses a %s what the role does not allow', async (role) => {
    const forbidden = ofRoles().filter(({ rule }) => !rule.roles.includes(role));
    // A partner may not even know of what is another partner's.
    const refusals = role === 'partner' ? [403, 404] : [403];
    expect(await exceptions(forbidden, seated.get(role)!, ({ status }) => refusals.includes(status))).toEqual(
      [],
    );
  });

  it.each(members)('lets a %s read what the role allows', async (role) => {
    const open = ofRoles().filter(({ method, rule }) => method === 'GET' && rule.roles.includes(role));
    const wrong = await exceptions(open, seated.get(role)!, ({ code }) => code !== 'forbidden');
    expect(wrong).toEqual([]);
  });
});

describe('with the verdict on roles switched off', () => {
  beforeAll(() => {
    const db = app.nest.get(Database);
    const reflector = app.nest.get(Reflector);
    // The lookup stays, since without a row there is nothing to answer with; who asks is no longer looked at.
    jest.spyOn(AccessGuard.prototype, 'canActivate').mockImplementation(async (context: ExecutionContext) => {
      const rule = reflector.get<AccessRule>(ACCESS_RULE, context.getHandler());
      if (rule.kind !== 'roles') return true;
      const request = context.switchToHttp().getRequest<FastifyRequest>();
      const id = (request.params as Record<string, string>)[`${rule.of}Id`]!;
      const found = await inTransaction(db, request.signedIn!.actor, (tx) => findResource(tx, rule.of, id));
      if (!found) throw notFound(rule.of);
      request.access = { coalitionId: found.coalitionId, roles: members, organisationIds: [] };
      return true;
    });
  });
  afterAll(() => void jest.restoreAllMocks());

  it('row-level security alone says 404 for every row of another coalition', async () => {
    expect(await exceptions(ofRoles(), stranger, ({ status }) => status === 404)).toEqual([]);
  });
});

describe('with the whole access guard switched off', () => {
  beforeAll(() => {
    jest.spyOn(AccessGuard.prototype, 'canActivate').mockImplementation(async (context: ExecutionContext) => {
      const request = context.switchToHttp().getRequest<FastifyRequest>();
      request.access = { coalitionId: theirs.coalition, roles: members, organisationIds: [] };
      return true;
    });
  });
  afterAll(() => void jest.restoreAllMocks());

  it('no route shows a row of another coalition', async () => {
    const rows = Object.values(theirs.ids).flat();
    // Those of the installation's administrators hold no coalition's rows but addresses of mails.
    const asked = routes.filter(
      ({ method, rule }) => method === 'GET' && ['roles', 'signedIn'].includes(rule.kind),
    );
    const wrong = await exceptions(asked, stranger, ({ text }, route) => {
      const address = addressOf(route);
      return !rows.some((id) => !address.includes(id) && text.includes(id));
    });
    expect(wrong).toEqual([]);
  });

  it('no route changes a row of another coalition', async () => {
    const before = await fingerprint();
    for (const route of ofRoles().filter(({ method }) => method !== 'GET')) await ask(stranger, route);
    expect(await fingerprint()).toEqual(before);
  });
});

/** What their rows say, table by table. */
async function fingerprint(): Promise<unknown[]> {
  const lines: unknown[] = [];
  for (const [table, ids] of Object.entries(theirs.ids)) {
    const [row] = await app.rows<{ digest: string }>(
      `SELECT md5(string_agg(t::text, '|' ORDER BY t.id)) AS digest, count(*)::int AS rows FROM ${table} t WHERE id = ANY ($1::uuid[])`,
      [ids],
    );
    lines.push({ table, ...row });
  }
  return lines;
}
