/** Stops what `global-setup.ts` has started, and leaves nothing of it. */
export default async function globalTeardown(): Promise<void> {
  await globalThis.stopTestServers?.();
}
