import type { FastifyRequest } from 'fastify';
import type { Browser } from './sign-in.service.js';

/** The browser behind a request: what it calls itself, and the session it has now. */
export function browserOf(request: FastifyRequest): Browser {
  const credential = request.signedIn?.credential;
  return {
    userAgent: request.headers['user-agent'] ?? null,
    oldSessionId: credential?.kind === 'session' ? credential.sessionId : null,
  };
}
