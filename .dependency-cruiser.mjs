/**
 * Who may import whom, as the plan of the house says. A feature may import those before it in this list, never those
 * after it: to reach a later one it writes an outbox message.
 */
const features = [
  'account',
  'coalitions',
  'notices',
  'decisions',
  'pools',
  'goals',
  'activities',
  'grants',
  'payments',
  'bonds',
  'reporting',
  'learning',
  'finance-reports',
  'exchange',
  'overview',
];

const floor = ['maths', 'platform', 'ledger', 'web', 'migrations'];

/** What the maths stands on: no framework, no clock, no environment, no input or output. */
const mathsLibraries = ['decimal\\.js', 'temporal-polyfill', 'date-holidays', 'currency-codes'];

const only = (room, allowed) => ({
  name: `${room}-imports`,
  severity: 'error',
  comment: `src/${room} may import ${allowed.join(', ')} only.`,
  from: { path: `^src/${room}/`, pathNot: '\\.spec\\.tsx?$' },
  to: { path: '^src/', pathNot: `^src/(${[room, ...allowed].join('|')})/` },
});

const featureRules = features.map((feature, index) =>
  only(feature, ['maths', 'platform', 'ledger', 'web', ...features.slice(0, index)]),
);

export default {
  forbidden: [
    only('maths', []),
    {
      name: 'maths-libraries',
      severity: 'error',
      comment: `src/maths may use ${mathsLibraries.join(', ')} only: no framework, clock, environment or I/O.`,
      from: { path: '^src/maths/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: `^src/|node_modules/(${mathsLibraries.join('|')})/` },
    },
    only('platform', ['maths']),
    only('ledger', ['platform', 'maths']),
    only('web', ['platform', 'maths']),
    only('migrations', ['platform']),
    ...featureRules,
    {
      name: 'nobody-imports-the-top',
      severity: 'error',
      comment:
        'Nobody imports main, worker, cli, web-server or app.module; the example lives the whole house.',
      from: { path: `^src/(${[...floor, ...features].join('|')})/`, pathNot: '\\.command\\.ts$' },
      to: { path: '^src/[^/]+\\.ts$' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'No cycles: what two files need of each other belongs in a third.',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-lost-imports',
      severity: 'error',
      comment: 'Every import is there, and its package is in package.json.',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
