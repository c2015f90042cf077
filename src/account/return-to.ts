/** A path of ours to go on to, or the portfolio: never another host, whatever the address said. */
export function localPath(returnTo: unknown): string {
  if (typeof returnTo !== 'string' || !returnTo.startsWith('/') || returnTo.length > 2_000) return '/';
  const base = 'https://ours.invalid';
  if (!URL.canParse(returnTo, base)) return '/';
  const { origin, pathname, search, hash } = new URL(returnTo, base);
  // "/..//elsewhere" is a path of ours until it is resolved.
  const isOurs = origin === base && !pathname.startsWith('//');
  return isOurs && !pathname.startsWith('/sign-') ? `${pathname}${search}${hash}` : '/';
}
