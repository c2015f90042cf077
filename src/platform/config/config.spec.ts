import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { ConfigError, readConfig, readDatabaseConfig } from './config.js';
import { SETTINGS, renderEnvExample } from './settings.js';

const enough = {
  DATABASE_URL: 'postgres://tributary_app:open-sesame@db:5432/tributary',
  REDIS_URL: 'redis://queue:6379',
  SESSION_SECRET: 'a-secret-of-thirty-two-characters',
};

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('readConfig', () => {
  it('needs three settings and defaults the rest', () => {
    expect(readConfig({ ...enough, DATA_DIR: '/srv/tributary' })).toEqual({
      environment: 'development',
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://127.0.0.1:3000',
      secureCookies: false,
      dataDir: '/srv/tributary',
      database: { url: enough.DATABASE_URL, migrationUrl: null, poolSize: 10 },
      redisUrl: 'redis://queue:6379',
      queuePrefix: 'tributary',
      sessionSecret: 'a-secret-of-thirty-two-characters',
      smtpUrl: null,
      mailFrom: 'Tributary <no-reply@tributary.invalid>',
      logLevel: 'info',
      workerConcurrency: 4,
      sweepIntervalMs: 10_000,
      bankAccountCoolingOffDays: 3,
      trustProxy: false,
      metricsToken: null,
    });
  });

  it('tells of every missing setting at once', () => {
    const problems = problemsOf({});
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'DATABASE_URL',
      'REDIS_URL',
      'SESSION_SECRET',
    ]);
  });

  it('says what a wrong setting must be, and what it was', () => {
    expect(problemsOf({ ...enough, PORT: 'eighty', LOG_LEVEL: 'loud', PUBLIC_URL: 'ftp://files' })).toEqual([
      'PORT must be a whole number from 1 to 65535, not "eighty".',
      'PUBLIC_URL must be an address that begins with http:// or https://, not "ftp://files".',
      'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent, not "loud".',
    ]);
  });

  it('never echoes the value of a secret', () => {
    const secrets = SETTINGS.filter(({ secret }) => secret).map(({ name }) => name);
    fc.assert(
      fc.property(fc.constantFrom(...secrets), fc.stringMatching(/^[qxzj]{6,20}$/), (name, value) => {
        expect(problemsOf({ ...enough, [name]: value }).join('\n')).not.toContain(value);
      }),
    );
  });

  it('takes an empty value for one that is not set', () => {
    expect(readConfig({ ...enough, SMTP_URL: '', PORT: '' })).toMatchObject({ smtpUrl: null, port: 3000 });
  });

  it('turns secure cookies on where people come by https', () => {
    expect(readConfig({ ...enough, PUBLIC_URL: 'https://pool.example.org/' })).toMatchObject({
      publicUrl: 'https://pool.example.org',
      secureCookies: true,
    });
  });

  it('shows localhost when it listens on every address', () => {
    expect(readConfig({ ...enough, HOST: '0.0.0.0', PORT: '8080' }).publicUrl).toBe('http://localhost:8080');
    expect(readConfig({ ...enough, HOST: '::1' }).publicUrl).toBe('http://[::1]:3000');
  });

  it.each([
    ['false', false],
    ['true', true],
    ['2', 2],
    ['10.0.0.1, 10.0.0.2', ['10.0.0.1', '10.0.0.2']],
  ])('trusts proxies as told: %s', (value, expected) => {
    expect(readConfig({ ...enough, TRUST_PROXY: value }).trustProxy).toEqual(expected);
  });

  it('cannot be changed after boot', () => {
    expect(Object.isFrozen(readConfig(enough))).toBe(true);
    expect(Object.isFrozen(readConfig(enough).database)).toBe(true);
  });
});

describe('readDatabaseConfig', () => {
  it('needs the database and nothing else', () => {
    expect(readDatabaseConfig({ DATABASE_URL: 'postgres://app@db/tributary' })).toEqual({
      url: 'postgres://app@db/tributary',
      migrationUrl: null,
      poolSize: 10,
    });
  });
});

describe('what tells people of the settings', () => {
  it('.env.example holds every setting, as the table says', () => {
    expect(readFileSync('.env.example', 'utf8')).toBe(renderEnvExample());
  });

  it('README.md lists every setting with its meaning', () => {
    const readme = readFileSync('README.md', 'utf8');
    for (const { name, description } of SETTINGS) {
      const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\` |`));
      expect(row).toContain(description);
    }
  });

  it('docker-compose.yml sets nothing that is no setting', () => {
    const names = new Set<string>(SETTINGS.map(({ name }) => name));
    const set = composeEnvironment(readFileSync('docker-compose.yml', 'utf8'));
    expect(set.size).toBeGreaterThan(5);
    expect([...set].filter((name) => !names.has(name))).toEqual([]);
  });

  it('docker-compose.yml sets everything that is needed', () => {
    const needed = SETTINGS.filter(({ required }) => required).map(({ name }) => name);
    const set = composeEnvironment(readFileSync('docker-compose.yml', 'utf8'));
    expect(needed.filter((name) => !set.has(name))).toEqual([]);
  });
});

/** The names that the compose file gives to the containers built from this repository. */
function composeEnvironment(text: string): Set<string> {
  const compose = parse(text, { merge: true }) as {
    services: Record<string, { build?: unknown; environment?: Record<string, unknown> }>;
  };
  const ours = Object.values(compose.services).filter(({ build }) => build !== undefined);
  return new Set(ours.flatMap(({ environment }) => Object.keys(environment ?? {})));
}
