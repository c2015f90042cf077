import type { Heading } from '../web/pages.js';
import type { PoolRow } from './pools.service.js';

/** The heading of a page about a pool, and the way to it. */
export function poolHeading(pool: Pick<PoolRow, 'id' | 'name'>, title?: string): Heading {
  const home = { label: pool.name, href: `/pools/${pool.id}` };
  if (title === undefined) return { title: pool.name, section: 'pool', crumbs: [{ label: pool.name }] };
  return { title: `${title} · ${pool.name}`, section: 'pool', crumbs: [home, { label: title }] };
}
