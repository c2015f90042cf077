import type { FastifyReply } from 'fastify';
import type { Flash } from './page-context.js';

const cookie = 'tributary-said';
const kinds: readonly string[] = ['done', 'notice', 'problem'];

/** Says something on the next page, once. It is written as text, never as markup. */
export function writeFlash(reply: FastifyReply, flash: Flash): void {
  const value = Buffer.from(JSON.stringify([flash.kind, flash.text.slice(0, 500)])).toString('base64url');
  void reply.setCookie(cookie, value, { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 60 });
}

/** What the last action said, and forgets it. */
export function readFlash(reply: FastifyReply): Flash | undefined {
  const value = reply.request.cookies[cookie];
  if (value === undefined) return undefined;
  void reply.clearCookie(cookie, { path: '/' });
  try {
    const [kind, text] = JSON.parse(Buffer.from(value, 'base64url').toString()) as unknown[];
    if (typeof kind !== 'string' || !kinds.includes(kind) || typeof text !== 'string') return undefined;
    return { kind: kind as Flash['kind'], text };
  } catch {
    return undefined;
  }
}
