/** One setting of the installation: a name in the environment and what it means to the person who sets it. */
export interface Setting {
  readonly name: string;
  /** The value used when it is not set; `null` when there is none. */
  readonly default: string | null;
  /** Whether a process that is not started by `npm start` refuses to run without it. */
  readonly required: boolean;
  /** Never logged, never echoed in an error. */
  readonly secret: boolean;
  readonly description: string;
}

/** Every setting there is, in the order people read them. `.env.example` is rendered from this table. */
export const SETTINGS = [
  {
    name: 'NODE_ENV',
    default: 'development',
    required: false,
    secret: false,
    description: 'development, test or production. Production refuses to serve while migrations are pending.',
  },
  {
    name: 'PORT',
    default: '3000',
    required: false,
    secret: false,
    description: 'The port that pages and API are served on.',
  },
  {
    name: 'HOST',
    default: '127.0.0.1',
    required: false,
    secret: false,
    description: 'The address to listen on; 0.0.0.0 for all of them.',
  },
  {
    name: 'PUBLIC_URL',
    default: null,
    required: false,
    secret: false,
    description:
      'The address people type, used in mails and cookies; https turns on secure cookies. Without it: http://HOST:PORT.',
  },
  {
    name: 'DATA_DIR',
    default: '.data',
    required: false,
    secret: false,
    description: 'Folder for uploaded files, and for the embedded database and its secrets.',
  },
  {
    name: 'DATABASE_URL',
    default: null,
    required: true,
    secret: true,
    description:
      "PostgreSQL, as the application's login, which owns nothing. Given alone to npm start it is taken for the owner's, and the application's login is derived from it. Without it npm start brings its own PostgreSQL.",
  },
  {
    name: 'MIGRATION_DATABASE_URL',
    default: null,
    required: false,
    secret: true,
    description: 'PostgreSQL, as the owner of the schema; only the migrate command uses it.',
  },
  {
    name: 'DATABASE_POOL_SIZE',
    default: '10',
    required: false,
    secret: false,
    description: 'Database connections that each process may hold.',
  },
  {
    name: 'REDIS_URL',
    default: null,
    required: true,
    secret: true,
    description:
      'Redis or Valkey for the job queue (maxmemory-policy noeviction). Without it npm start brings its own.',
  },
  {
    name: 'QUEUE_PREFIX',
    default: 'tributary',
    required: false,
    secret: false,
    description: 'First part of every key in Redis, so that installations can share a server.',
  },
  {
    name: 'SESSION_SECRET',
    default: null,
    required: true,
    secret: true,
    description: 'At least 32 random characters; npm start makes and keeps one in DATA_DIR.',
  },
  {
    name: 'SMTP_URL',
    default: null,
    required: false,
    secret: true,
    description:
      "smtp:// or smtps:// address of the mail server. Without it mails are kept and shown on the administrator's page.",
  },
  {
    name: 'MAIL_FROM',
    default: 'Tributary <no-reply@tributary.invalid>',
    required: false,
    secret: false,
    description: 'The sender of every mail.',
  },
  {
    name: 'LOG_LEVEL',
    default: 'info',
    required: false,
    secret: false,
    description: 'fatal, error, warn, info, debug, trace or silent.',
  },
  {
    name: 'WORKER_CONCURRENCY',
    default: '4',
    required: false,
    secret: false,
    description: 'Jobs of one kind that a worker process runs at a time.',
  },
  {
    name: 'SWEEP_INTERVAL_MS',
    default: '10000',
    required: false,
    secret: false,
    description: 'Milliseconds between two looks for work that is due and not done.',
  },
  {
    name: 'BANK_ACCOUNT_COOLING_OFF_DAYS',
    default: '3',
    required: false,
    secret: false,
    description: 'Days between the approval of a payee’s bank account and the first payment to it.',
  },
  {
    name: 'TRUST_PROXY',
    default: 'false',
    required: false,
    secret: false,
    description:
      'Whose X-Forwarded-* headers count: false, true, a number of proxies, or their addresses separated by commas.',
  },
  {
    name: 'METRICS_TOKEN',
    default: null,
    required: false,
    secret: true,
    description: 'Bearer token asked for at /metrics. Without it /metrics answers this machine only.',
  },
] as const satisfies readonly Setting[];

export type SettingName = (typeof SETTINGS)[number]['name'];

/** The text of `.env.example`: every setting, commented out, with its meaning and its default. */
export function renderEnvExample(settings: readonly Setting[] = SETTINGS): string {
  const heading =
    '# Settings of Tributary. `npm start` needs none of them: copy this file to .env and uncomment what you change.\n' +
    '# Generated from src/platform/config/settings.ts; a test keeps the two equal.\n';
  const blocks = settings.map(({ name, default: value, required, secret, description }) => {
    const marks = [required && 'needed where npm start is not used', secret && 'secret'].filter(Boolean);
    const note = marks.length > 0 ? ` (${marks.join('; ')})` : '';
    return `\n# ${description}${note}\n# ${name}=${quoteWhereNeeded(value ?? '')}\n`;
  });
  return heading + blocks.join('');
}

function quoteWhereNeeded(value: string): string {
  return /[\s<>#]/.test(value) ? `"${value}"` : value;
}
