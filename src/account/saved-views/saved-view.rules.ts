import { localPath } from '../return-to.js';

/** Where one stands in a list is not part of how one looks at it. */
const passing = ['cursor', 'limit'];

/**
 * The page and the question of an address (`/pools/1/pledges?state=signed&cursor=x`): its parameters in the order of
 * their names, without those that ask for nothing or say where one stands. Null for an address that is not ours.
 */
export function viewOf(address: string): { path: string; query: string } | null {
  const local = localPath(address);
  const { pathname, searchParams } = new URL(local, 'https://ours.invalid');
  if (pathname === '/') return null;
  for (const name of passing) searchParams.delete(name);
  for (const [name, value] of [...searchParams]) if (value === '') searchParams.delete(name);
  searchParams.sort();
  return { path: pathname, query: searchParams.toString() };
}
