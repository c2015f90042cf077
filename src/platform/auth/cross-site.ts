import type { FastifyRequest } from 'fastify';
import { DomainError } from '../errors/domain-error.js';
import { isSame } from './secrets.js';

const harmless = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a method changes nothing, so that a strange page may as well cause it. */
export const isHarmless = (method: string): boolean => harmless.has(method);

/**
 * Refuses what another site made the browser send: by `Sec-Fetch-Site` where the browser says it, else by
 * `Origin`. A program sends neither.
 */
export function refuseOtherSites(request: FastifyRequest, publicUrl: string): void {
  const site = request.headers['sec-fetch-site'];
  const { origin } = request.headers;
  const ours =
    site === undefined
      ? origin === undefined || isOurs(origin, request.host, publicUrl)
      : site === 'same-origin' || site === 'none';
  if (!ours) throw new DomainError('forbidden', 'This came from another site. Do it from a page of ours.');
}

/** Refuses a form or call of a session that does not bring the session's own token along. */
export function requireFormToken(request: FastifyRequest, expected: string): void {
  const sent = request.headers['x-csrf-token'] ?? (request.body as { _csrf?: unknown } | null)?._csrf;
  if (typeof sent !== 'string' || !isSame(sent, expected)) {
    throw new DomainError(
      'forbidden',
      'This form does not belong to your session any more. Open the page again and send it once more.',
    );
  }
}

function isOurs(origin: string, host: string, publicUrl: string): boolean {
  if (!URL.canParse(origin)) return false;
  return origin === new URL(publicUrl).origin || new URL(origin).host === host;
}
