import 'reflect-metadata';

interface Command {
  does: string;
  load: () => Promise<{ run: (args: string[]) => Promise<number> }>;
}

/** What the command line can do. A command is loaded when it is asked for. */
const commands: Record<string, Command> = {
  migrate: { does: 'brings the schema up to date', load: () => import('./migrations/migrate.command.js') },
  verify: { does: 'checks every invariant on the database', load: () => import('./verify.command.js') },
  account: {
    does: 'makes an account, or a link to choose a new password',
    load: () => import('./account/account.command.js'),
  },
  demo: { does: 'loads the example coalition', load: () => import('./example/demo.command.js') },
  import: {
    does: 'brings in published data; import cbpf --help says how',
    load: () => import('./exchange/import.command.js'),
  },
  'run-until': {
    does: 'rehearses the time until a day in a throw-away copy',
    load: () => import('./run-until.command.js'),
  },
  calculate: {
    does: 'works out a case: no money moves',
    load: () => import('./exchange/calculators/calculate.command.js'),
  },
};

const [name = 'help', ...args] = process.argv.slice(2);
const command = commands[name];
if (command) {
  try {
    process.exitCode = await (await command.load()).run(args);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
} else {
  const width = Math.max(...Object.keys(commands).map((known) => known.length));
  const list = Object.entries(commands).map(([known, { does }]) => `  ${known.padEnd(width)}  ${does}`);
  const unknown = name === 'help' ? '' : `There is no command “${name}”.\n`;
  console.error(`${unknown}npm run cli -- <command>\n${list.join('\n')}`);
  process.exitCode = name === 'help' ? 0 : 2;
}
