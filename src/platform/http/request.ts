import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PersonActor } from '../database/actor.js';
import { DomainError } from '../errors/domain-error.js';

/** How somebody proved who they are: by the session of a browser, or by an API token with scopes. */
export type Credential =
  | { kind: 'session'; sessionId: string; csrfToken: string }
  | { kind: 'token'; tokenId: string; scopes: Scope[] };

export type Scope = 'read' | 'write';

export interface SignedIn {
  actor: PersonActor;
  email: string;
  locale: string;
  isAdministrator: boolean;
  credential: Credential;
}

/** The coalition a request is about, and the roles its person holds there; set by the access guard. */
export interface Access {
  coalitionId: string;
  roles: Role[];
  /** The organisations on whose behalf each role is held. */
  organisationIds: string[];
}

export type Role = 'funder' | 'backbone' | 'partner' | 'finance' | 'approver' | 'verifier' | 'observer';

declare module 'fastify' {
  interface FastifyRequest {
    signedIn?: SignedIn;
    access?: Access;
  }
}

const requestOf = (context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>();
const replyOf = (context: ExecutionContext) => context.switchToHttp().getResponse<FastifyReply>();

/** The person who asks, as the actor of a transaction. */
export const Who = createParamDecorator((_: unknown, context: ExecutionContext): PersonActor => {
  const { signedIn } = requestOf(context);
  if (!signedIn) throw new DomainError('signInNeeded', 'Sign in, or send an API token.');
  return signedIn.actor;
});

/** The coalition and roles which the access guard found. */
export const Where = createParamDecorator((_: unknown, context: ExecutionContext): Access => {
  const { access } = requestOf(context);
  if (!access) throw new Error('@Where() needs a route with @Allow().');
  return access;
});

/** The version that the client last saw, from `If-Match`. 428 without it. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number => {
  const header = requestOf(context).headers['if-match'];
  if (!header) throw new DomainError('versionNeeded', 'Send the ETag you last read as If-Match.');
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(header)?.[1];
  if (!version)
    throw new DomainError('staleVersion', 'If-Match is not an ETag of ours: read the resource again.');
  return Number(version);
});

/** A money-moving request, claimed once: see `once`. 400 without `Idempotency-Key`. */
export interface Claim {
  route: string;
  key: string;
  input: unknown;
  onReplay: () => void;
}

/** The claim of a money-moving API request, from its `Idempotency-Key`. */
export const Claimed = createParamDecorator((_: unknown, context: ExecutionContext): Claim => {
  const request = requestOf(context);
  const reply = replyOf(context);
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || key.length < 1 || key.length > 200) {
    throw new DomainError(
      'idempotencyKeyMissing',
      'Send an Idempotency-Key of 1 to 200 characters, new for each payment you mean.',
    );
  }
  return {
    route: `${request.method} ${request.url.split('?')[0]}`,
    key,
    input: request.body ?? null,
    onReplay: () => void reply.header('Idempotency-Replayed', 'true'),
  };
});
