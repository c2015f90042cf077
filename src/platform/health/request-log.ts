import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Metrics } from './metrics.js';

/** Asked for every few seconds by programs, or by every page: of interest only to who looks closely. */
const noise = /^\/(health\/|metrics$|assets\/)/;

/** Writes one line for each request, and counts it. Nothing that was sent is in it: no header, no body, no query. */
export function logRequests(fastify: FastifyInstance, log: Logger, metrics: Pick<Metrics, 'observe'>): void {
  fastify.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const { method } = request;
    const status = reply.statusCode;
    metrics.observe({ method, route, status, seconds: reply.elapsedTime / 1_000 });
    log[noise.test(route) ? 'debug' : 'info'](lineOf(request, reply, route), `${method} ${route} ${status}`);
  });
}

function lineOf(request: FastifyRequest, reply: FastifyReply, route: string): object {
  return {
    requestId: request.id,
    method: request.method,
    route,
    path: pathOf(request.url, route),
    status: reply.statusCode,
    ms: Math.trunc(reply.elapsedTime),
    personId: request.signedIn?.actor.personId,
    tokenId: request.signedIn?.credential.kind === 'token' ? request.signedIn.credential.tokenId : undefined,
  };
}

/** The path that was asked for; only its route where a part of it is a secret, or where nobody knows what it is. */
const pathOf = (url: string, route: string): string | undefined =>
  route.includes(':secret') || route === 'none' ? undefined : url.split('?')[0];
