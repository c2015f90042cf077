// The job process as it is built, but with a clock that stands where its parent puts it, by a message with an instant.
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';

const dist = new URL('../../dist/', import.meta.url);
const load = (file) => import(new URL(file, dist).href);

const { AppModule } = await load('app.module.js');
const { MovableClock } = await load('platform/clock.js');
const { readConfig } = await load('platform/config/config.js');
const { createLogger } = await load('platform/logging.js');
const { Database } = await load('platform/database/database.js');
const { DueWork } = await load('platform/queue/due-work.js');
const { Postman } = await load('platform/mail/postman.js');
const { WakeUps } = await load('platform/queue/wake-ups.js');

const clock = new MovableClock(new Date(process.argv[2]));
process.on('message', (instant) => clock.moveTo(new Date(instant)));
process.on('disconnect', () => process.exit());

const config = readConfig(process.env);
const logger = createLogger('worker', config.logLevel);
const app = await NestFactory.createApplicationContext(AppModule.with(config, clock, logger), {
  logger: false,
});
new WakeUps(config, app.get(Database), app.get(DueWork), app.get(Postman), logger).start();
