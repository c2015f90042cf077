import { readFileSync } from 'node:fs';

const { exclude: _built, ...swc } = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));

/** What every project shares: ESM, TypeScript by swc, `.js` suffixes resolved to the sources. */
const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.tsx?$': ['@swc/jest', { ...swc, swcrc: false }] },
};

/** Tests that need PostgreSQL and a Redis-compatible server get them from `test/support/servers.ts`. */
const withServers = {
  ...shared,
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

export default {
  projects: [
    {
      ...shared,
      displayName: 'rules',
      testMatch: [
        '<rootDir>/src/**/*.spec.{ts,tsx}',
        '<rootDir>/test/oracles/**/*.spec.ts',
        '<rootDir>/test/tidy.spec.ts',
      ],
    },
    ...['database', 'api', 'stories', 'pages', 'faults'].map((room) => ({
      ...withServers,
      displayName: room,
      testMatch: [`<rootDir>/test/${room}/**/*.spec.{ts,tsx}`],
    })),
  ],
  testTimeout: 180_000,
  // Node never lets go of the ES modules of a test file that has ended: a worker that lives through a hundred
  // files would spend its time collecting garbage near the limit of its heap.
  workerIdleMemoryLimit: '1200MB',
};
