import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { SystemClock } from './platform/clock.js';
import { processEnvironment, readConfig } from './platform/config/config.js';
import { Database } from './platform/database/database.js';
import { createLogger } from './platform/logging.js';
import { Postman } from './platform/mail/postman.js';
import { DueWork } from './platform/queue/due-work.js';
import { LongWorkProcess } from './platform/queue/long-work-process.js';
import { WakeUps } from './platform/queue/wake-ups.js';

/** The job process: does what is due. Any number of them may run side by side. */
const config = readConfig(processEnvironment());
const logger = createLogger('worker', config.logLevel);
try {
  const app = await NestFactory.createApplicationContext(AppModule.with(config, new SystemClock(), logger), {
    logger: false,
    abortOnError: false,
  });
  const longWork = new LongWorkProcess(fileURLToPath(new URL('./long-work.js', import.meta.url)));
  const wakeUps = new WakeUps(
    config,
    app.get(Database),
    app.get(DueWork),
    app.get(Postman),
    logger,
    longWork,
  );
  wakeUps.start();
  logger.info('the worker waits for what is due');
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void wakeUps
      .stop()
      .then(() => app.close())
      .finally(() => process.exit());
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (error) {
  logger.fatal({ err: error }, 'the worker cannot start');
  process.exitCode = 1;
  setImmediate(() => process.exit());
}
