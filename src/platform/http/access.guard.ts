import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Database, inTransaction } from '../database/database.js';
import type { PersonActor } from '../database/actor.js';
import type { Tx } from '../database/tx.js';
import { DomainError, notFound } from '../errors/domain-error.js';
import { ACCESS_RULE, type AccessRule, type ResourceName, resources } from './access.js';
import type { Access, Role, SignedIn } from './request.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Holds every route to its rule. Runs after the authentication guard, which says who asks. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly db: Database,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.get<AccessRule | undefined>(ACCESS_RULE, context.getHandler());
    if (!rule) throw new Error(`${context.getClass().name}.${context.getHandler().name} has no access rule.`);
    if (rule.kind === 'public') return true;

    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { signedIn } = request;
    if (!signedIn) throw new DomainError('signInNeeded', 'Sign in, or send an API token.');
    requireScope(signedIn, request.method);
    if (rule.kind === 'administrator' && !signedIn.isAdministrator) throw notFound('page');
    if (rule.kind === 'roles') request.access = await this.accessTo(rule, signedIn.actor, request);
    return true;
  }

  private async accessTo(
    rule: Extract<AccessRule, { kind: 'roles' }>,
    actor: PersonActor,
    request: FastifyRequest,
  ): Promise<Access> {
    const id = (request.params as Record<string, string | undefined>)[`${rule.of}Id`];
    if (!id || !uuid.test(id)) throw notFound(rule.of);
    return inTransaction(this.db, actor, async (tx) => {
      const found = await findResource(tx, rule.of, id);
      if (!found) throw notFound(rule.of);
      const seats = await findSeats(tx, actor.personId, found.coalitionId);
      return decideAccess(rule, found, seats);
    });
  }
}

interface Found {
  coalitionId: string;
  ownerId: string | null;
}

export interface Seat {
  role: Role;
  organisationId: string | null;
}

/**
 * 404 where the person has no seat, or a partner asks for what is another organisation's; 403 where they may
 * know of it, but their role does not allow this.
 */
export function decideAccess(
  rule: { of: ResourceName; roles: readonly Role[] },
  found: Found,
  seats: Seat[],
): Access {
  const visible = seats.filter(
    (seat) => seat.role !== 'partner' || found.ownerId === null || seat.organisationId === found.ownerId,
  );
  if (visible.length === 0) throw notFound(rule.of);
  const allowed = visible.filter((seat) => rule.roles.includes(seat.role));
  if (allowed.length === 0) {
    throw new DomainError('forbidden', `This takes the role ${rule.roles.join(' or ')} in the coalition.`);
  }
  return {
    coalitionId: found.coalitionId,
    roles: [...new Set(seats.map((seat) => seat.role))],
    organisationIds: seats.flatMap((seat) => seat.organisationId ?? []),
  };
}

function requireScope(signedIn: SignedIn, method: string): void {
  if (signedIn.credential.kind !== 'token') return;
  const needed = method === 'GET' || method === 'HEAD' ? 'read' : 'write';
  if (!signedIn.credential.scopes.includes(needed)) {
    throw new DomainError('forbidden', `The API token lacks the scope “${needed}”.`);
  }
}

/** The row that a parameter names, if the person may see it. */
export async function findResource(tx: Tx, of: ResourceName, id: string): Promise<Found | undefined> {
  const {
    table,
    coalition = 'coalition_id',
    owner = 'NULL::uuid',
  }: { table: string; coalition?: string; owner?: string } = resources[of];
  return tx.row<Found>(
    `SELECT ${coalition} AS "coalitionId", ${owner} AS "ownerId" FROM ${table} WHERE id = $1`,
    [id],
  );
}

/** The seats a person holds in a coalition today. */
export async function findSeats(tx: Tx, personId: string, coalitionId: string): Promise<Seat[]> {
  return tx.rows<Seat>(
    `SELECT role, organisation_id AS "organisationId" FROM memberships
     WHERE person_id = $1 AND coalition_id = $2 AND since_on <= $3 AND (until_on IS NULL OR until_on >= $3)
     ORDER BY role`,
    [personId, coalitionId, tx.now.toISOString().slice(0, 10)],
  );
}
