import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const require = createRequire(import.meta.url);

// The build compiles TypeScript only: from src/web and from dist/web alike, our own files lie in src/web/assets.
const own = fileURLToPath(new URL('../../src/web/assets/', import.meta.url));
const inter = (subset: string): string =>
  require.resolve(`@fontsource-variable/inter/files/inter-${subset}-wght-normal.woff2`);

const fontSubsets = ['latin', 'latin-ext', 'greek', 'cyrillic', 'vietnamese'];

/** Everything that may be fetched under /assets/, and where it lies. What is not listed is not served. */
const files = new Map<string, string>([
  ['tributary.css', join(own, 'tributary.css')],
  ['fonts.css', join(own, 'fonts.css')],
  ['components.css', join(own, 'components.css')],
  ['rooms.css', join(own, 'rooms.css')],
  ['forms.css', join(own, 'forms.css')],
  ['learning.css', join(own, 'learning.css')],
  ['finance-reports.css', join(own, 'finance-reports.css')],
  ['theme.js', join(own, 'theme.js')],
  ['tributary.js', join(own, 'tributary.js')],
  ['understand.js', join(own, 'understand.js')],
  ['check-file.js', join(own, 'check-file.js')],
  ['icon.svg', join(own, 'icon.svg')],
  ['tabler.css', require.resolve('@tabler/core/dist/css/tabler.min.css')],
  ['htmx.js', join(dirname(require.resolve('htmx.org/package.json')), 'dist/htmx.min.js')],
  ...fontSubsets.map((subset): [string, string] => [`inter-${subset}.woff2`, inter(subset)]),
]);

const hashes = new Map<string, string>();

/** The first twelve digits of a file's SHA-256, read once. */
function hashOf(name: string, file: string): string {
  const known = hashes.get(name);
  if (known) return known;
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12);
  hashes.set(name, hash);
  return hash;
}

/** The address of an asset, with a piece of its content's hash: it may be kept for ever, and changes when it does. */
export function assetHref(name: string): string {
  const file = files.get(name);
  if (!file) throw new Error(`There is no asset "${name}". List it in src/web/assets.ts.`);
  return `/assets/${name}?v=${hashOf(name, file)}`;
}

const yearInMilliseconds = 365 * 24 * 60 * 60 * 1000;

/** Serves the listed files, and only those, under /assets/. Call it before the server listens. */
export async function serveAssets(fastify: FastifyInstance): Promise<void> {
  await fastify.register(fastifyStatic, { root: own, serve: false });
  fastify.get<{ Params: { name: string }; Querystring: { v?: string } }>(
    '/assets/:name',
    (request, reply) => {
      const { name } = request.params;
      const file = files.get(name);
      if (!file) return reply.callNotFound();
      // Without its version in the address (an import from a script), an asset is asked for anew each time.
      const forEver = request.query.v === hashOf(name, file) || name.endsWith('.woff2');
      return reply.sendFile(basename(file), dirname(file), {
        maxAge: forEver ? yearInMilliseconds : 0,
        immutable: forEver,
      });
    },
  );
}
