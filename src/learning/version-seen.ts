import type { Refusal } from '../web/pages.js';

/** The version that somebody looked at when they opened the form: a refused form keeps it. */
export function versionSeen(refusal: Refusal | undefined, now: number): string {
  const seen = refusal?.values.version;
  return typeof seen === 'string' ? seen : String(now);
}
