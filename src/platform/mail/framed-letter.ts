import type { FastifyReply } from 'fastify';

/** A letter draws itself with inline styles and the pictures in it; only our own pages may frame it. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; " +
  'sandbox allow-popups allow-popups-to-escape-sandbox';

/** Sends the HTML of a letter, to be framed by a page. Its links lead out of the frame. */
export async function sendFramedLetter(reply: FastifyReply, html: string): Promise<void> {
  void reply.header('Content-Security-Policy', POLICY);
  await reply.type('text/html; charset=utf-8').send(html.replace('<head>', '<head><base target="_blank">'));
}
