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
  ['components.css', join(own, 'components.css')],
  ['theme.js', join(own, 'theme.js')],
  ['tributary.js', join(own, 'tributary.js')],
  ['icon.svg', join(own, 'icon.svg')],
  ['tabler.css', require.resolve('@tabler/core/dist/css/tabler.min.css')],
  ['htmx.js', join(dirname(require.resolve('htmx.org/package.json')), 'dist/htmx.min.js')],
  ...fontSubsets.map((subset): [string, string] => [`inter-${subset}.woff2`, inter(subset)]),
]);

const hrefs = new Map<string, string>();

/** The address of an asset, with a piece of its content's hash: it may be kept for ever, and changes when it does. */
export function assetHref(name: string): string {
  const known = hrefs.get(name);
  if (known) return known;
  const file = files.get(name);
  if (!file) throw new Error(`There is no asset "${name}". List it in src/web/assets.ts.`);
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12);
  const href = `/assets/${name}?v=${hash}`;
  hrefs.set(name, href);
  return href;
}

const yearInSeconds = 365 * 24 * 60 * 60;

/** Serves the listed files, and only those, under /assets/. Before `listen`. */
export async function serveAssets(fastify: FastifyInstance): Promise<void> {
  await fastify.register(fastifyStatic, { root: own, serve: false });
  fastify.get<{ Params: { name: string } }>('/assets/:name', async (request, reply) => {
    const file = files.get(request.params.name);
    if (!file) return reply.callNotFound();
    return reply.sendFile(basename(file), dirname(file), { maxAge: yearInSeconds * 1000, immutable: true });
  });
}
