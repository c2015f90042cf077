import 'reflect-metadata';
import { processEnvironment, readConfig } from './platform/config/config.js';
import { createLogger } from './platform/logging.js';
import { SystemClock } from './platform/clock.js';
import { createWebServer } from './web-server.js';

/** The web process: pages and API. */
const config = readConfig(processEnvironment());
const logger = createLogger('web', config.logLevel);
try {
  const app = await createWebServer({ config, clock: new SystemClock(), logger });
  app.enableShutdownHooks(['SIGINT', 'SIGTERM']);
  await app.listen({ port: config.port, host: config.host });
} catch (error) {
  logger.fatal({ err: error }, 'the web process cannot start');
  process.exitCode = 1;
  setImmediate(() => process.exit());
}
