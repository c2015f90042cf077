import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { SystemClock } from './platform/clock.js';
import { processEnvironment, readConfig } from './platform/config/config.js';
import { createLogger } from './platform/logging.js';
import { type DueGroup, DueWork } from './platform/queue/due-work.js';

/** A process of the worker's for work that takes long: does what is due of one kind in one coalition, and ends. */
const [kind, coalitionId] = process.argv.slice(2) as [DueGroup['kind'], string];
process.once('disconnect', () => process.exit());
const config = readConfig(processEnvironment());
const logger = createLogger('long work', config.logLevel);
try {
  const app = await NestFactory.createApplicationContext(AppModule.with(config, new SystemClock(), logger), {
    logger: false,
    abortOnError: false,
  });
  const work = app.get(DueWork);
  const stop = () => work.stopLong();
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  await work.runGroup({ kind, coalitionId });
  await app.close();
  process.exit();
} catch (error) {
  logger.fatal({ err: error }, 'work that takes long could not be done');
  process.exitCode = 1;
  setImmediate(() => process.exit());
}
