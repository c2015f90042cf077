import { resolve } from 'node:path';
import type { SettingName } from './settings.js';
import { SETTINGS } from './settings.js';

/** Where the database is, and as whom to enter it. */
export interface DatabaseConfig {
  /** The application's login: owns nothing, bypasses nothing. */
  readonly url: string;
  /** The owner of the schema; `null` in a process that never migrates. */
  readonly migrationUrl: string | null;
  readonly poolSize: number;
}

/** Everything the installation can be told, validated and frozen. Read once at boot. */
export interface Config {
  readonly environment: 'development' | 'test' | 'production';
  readonly port: number;
  readonly host: string;
  /** Without a slash at the end. */
  readonly publicUrl: string;
  /** True when people come by HTTPS: `__Host-` cookies, HSTS. */
  readonly secureCookies: boolean;
  /** Absolute path. */
  readonly dataDir: string;
  readonly database: DatabaseConfig;
  readonly redisUrl: string;
  readonly queuePrefix: string;
  readonly sessionSecret: string;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  readonly logLevel: LogLevel;
  readonly workerConcurrency: number;
  readonly sweepIntervalMs: number;
  readonly bankAccountCoolingOffDays: number;
  /** As Fastify's option of that name. */
  readonly trustProxy: boolean | number | string[];
  readonly metricsToken: string | null;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const ENVIRONMENTS = ['development', 'test', 'production'] as const;

/** Every problem found in the settings, one sentence each. Holds no value of a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/**
 * The settings of a serving process.
 * @throws ConfigError that lists every missing or wrong setting, never echoing a secret
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const read = new SettingReader(env);
  const port = read.integer('PORT', 1, 65_535);
  const host = read.text('HOST');
  const publicUrl = read.optionalUrl('PUBLIC_URL', ['http:', 'https:']) ?? defaultPublicUrl(host, port);
  const config: Config = {
    environment: read.oneOf('NODE_ENV', ENVIRONMENTS),
    port,
    host,
    publicUrl: publicUrl.replace(/\/+$/, ''),
    secureCookies: publicUrl.startsWith('https:'),
    dataDir: resolve(read.text('DATA_DIR')),
    database: databaseConfig(read),
    redisUrl: read.url('REDIS_URL', ['redis:', 'rediss:']),
    queuePrefix: read.matching(
      'QUEUE_PREFIX',
      /^[A-Za-z0-9_-]{1,60}$/,
      'letters, digits, - and _, at most 60',
    ),
    sessionSecret: read.matching('SESSION_SECRET', /^.{32,}$/, 'at least 32 random characters'),
    smtpUrl: read.optionalUrl('SMTP_URL', ['smtp:', 'smtps:']),
    mailFrom: read.matching(
      'MAIL_FROM',
      /^[^\r\n]*[^\s@<]+@[^\s@>]+>?$/,
      'an address, as in Name <name@example.org>',
    ),
    logLevel: read.oneOf('LOG_LEVEL', LOG_LEVELS),
    workerConcurrency: read.integer('WORKER_CONCURRENCY', 1, 100),
    sweepIntervalMs: read.integer('SWEEP_INTERVAL_MS', 100, 3_600_000),
    bankAccountCoolingOffDays: read.integer('BANK_ACCOUNT_COOLING_OFF_DAYS', 0, 60),
    trustProxy: trustProxy(read.text('TRUST_PROXY')),
    metricsToken: read.optional('METRICS_TOKEN'),
  };
  read.throwProblems();
  return Object.freeze(config);
}

/**
 * Only the database's settings, for commands that serve nothing.
 * @throws ConfigError
 */
export function readDatabaseConfig(env: NodeJS.ProcessEnv): DatabaseConfig {
  const read = new SettingReader(env);
  const config = databaseConfig(read);
  read.throwProblems();
  return config;
}

/** The environment of this process. Nothing outside this folder reads `process.env`. */
export function processEnvironment(): NodeJS.ProcessEnv {
  return process.env;
}

function databaseConfig(read: SettingReader): DatabaseConfig {
  return Object.freeze({
    url: read.url('DATABASE_URL', ['postgres:', 'postgresql:']),
    migrationUrl: read.optionalUrl('MIGRATION_DATABASE_URL', ['postgres:', 'postgresql:']),
    poolSize: read.integer('DATABASE_POOL_SIZE', 1, 1_000),
  });
}

/** The address to show people when nobody has named one: an all-addresses host is reached as localhost. */
export function defaultPublicUrl(host: string, port: number): string {
  const reachable = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

function trustProxy(value: string): boolean | number | string[] {
  if (value === 'true' || value === 'false') return value === 'true';
  if (/^\d{1,2}$/.test(value)) return parseInt(value, 10);
  return value.split(',').map((address) => address.trim());
}

/** Reads settings by name and collects what is wrong, so that one start tells of every mistake. */
class SettingReader {
  private readonly problems: string[] = [];

  constructor(private readonly env: NodeJS.ProcessEnv) {}

  throwProblems(): void {
    if (this.problems.length > 0) throw new ConfigError(this.problems);
  }

  optional(name: SettingName): string | null {
    const setting = settingNamed(name);
    // An empty value is how compose files and .env files say "not set".
    return this.env[name]?.trim() || setting.default;
  }

  text(name: SettingName): string {
    const value = this.optional(name);
    if (value === null) {
      this.problems.push(`${name} is not set: ${settingNamed(name).description}`);
    }
    return value ?? '';
  }

  integer(name: SettingName, min: number, max: number): number {
    const value = this.text(name);
    const number = /^\d{1,10}$/.test(value) ? parseInt(value, 10) : NaN;
    if (!(number >= min && number <= max)) this.wrong(name, `a whole number from ${min} to ${max}`);
    return number;
  }

  oneOf<T extends string>(name: SettingName, allowed: readonly [T, ...T[]]): T {
    const value = this.text(name);
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) this.wrong(name, `one of ${allowed.join(', ')}`);
    return found ?? allowed[0];
  }

  matching(name: SettingName, pattern: RegExp, expected: string): string {
    const value = this.text(name);
    if (value !== '' && !pattern.test(value)) this.wrong(name, expected);
    return value;
  }

  url(name: SettingName, protocols: readonly string[]): string {
    const value = this.text(name);
    if (value !== '') this.checkUrl(name, value, protocols);
    return value;
  }

  optionalUrl(name: SettingName, protocols: readonly string[]): string | null {
    const value = this.optional(name);
    if (value !== null) this.checkUrl(name, value, protocols);
    return value;
  }

  private checkUrl(name: SettingName, value: string, protocols: readonly string[]): void {
    const protocol = URL.canParse(value) ? new URL(value).protocol : null;
    if (protocol === null || !protocols.includes(protocol)) {
      this.wrong(name, `an address that begins with ${protocols.map((each) => `${each}//`).join(' or ')}`);
    }
  }

  private wrong(name: SettingName, expected: string): void {
    const shown = settingNamed(name).secret ? '' : `, not "${this.optional(name) ?? ''}"`;
    this.problems.push(`${name} must be ${expected}${shown}.`);
  }
}

function settingNamed(name: SettingName): (typeof SETTINGS)[number] {
  const found = SETTINGS.find((setting) => setting.name === name);
  if (!found) throw new Error(`There is no setting named ${name}.`);
  return found;
}
