import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import { dayInZone } from '../maths/day.js';
import { audit } from '../platform/audit/audit.js';
import { MovableClock, SystemClock } from '../platform/clock.js';
import { processEnvironment, readConfig } from '../platform/config/config.js';
import { doorActor } from '../platform/database/actor.js';
import { Database, inTransaction } from '../platform/database/database.js';
import { createLogger } from '../platform/logging.js';
import { Postman } from '../platform/mail/postman.js';
import { liveChildrenBond } from './children-bond.js';
import { hireCast } from './example-people.js';
import { ExampleWorld } from './example-world.js';
import { liveGreenValleys } from './green-valleys.js';
import { liveHarbourTowns } from './harbour-towns.js';

/** `npm run cli -- demo`: lives the example coalition, and writes down how to sign in to it. */
export async function run(): Promise<number> {
  // Its people do not exist, so its mails go nowhere: they are kept, and can be read.
  const config = { ...readConfig(processEnvironment()), smtpUrl: null };
  const now = new SystemClock().now();
  const clock = new MovableClock(now);
  const logger = createLogger('demo', config.logLevel);
  const app = await NestFactory.createApplicationContext(AppModule.with(config, clock, logger), {
    logger: false,
    abortOnError: false,
  });
  try {
    const db = app.get(Database);
    const { people, signIns } = await hireCast(db);
    if (await isLoaded(db)) {
      console.log('The example is there already; everybody has a new password.');
    } else {
      const world = new ExampleWorld(app, clock, people);
      const today = dayInZone(now, 'Europe/London');
      await liveChildrenBond(world);
      await liveHarbourTowns(world, today);
      await liveGreenValleys(world, today);
      await world.moveToInstant(now);
      await world.readOldNotices();
      await markLoaded(db);
      console.log('The example coalition is loaded.');
    }
    const postman = app.get(Postman);
    while ((await postman.deliverDue()) > 0);
    const file = join(config.dataDir, 'sign-in.json');
    writeFileSync(file, `${JSON.stringify(signIns, null, 2)}\n`, { mode: 0o600 });
    for (const { role, email, password } of signIns)
      console.log(`${role.padEnd(18)}${email.padEnd(34)}${password}`);
    return 0;
  } finally {
    await app.close();
  }
}

/** Loading ends with this mark: one that was interrupted is begun again, beside what it left. */
const mark = 'demo.loaded';

const isLoaded = (db: Database): Promise<boolean> =>
  inTransaction(db, doorActor('identity', 'demo'), async (tx) => {
    const marked = await tx.row(`SELECT 1 FROM audit_events WHERE action = $1`, [mark]);
    return marked !== undefined;
  });

const markLoaded = (db: Database): Promise<void> =>
  inTransaction(db, doorActor('identity', 'demo'), (tx) =>
    audit(tx, { coalitionId: null, action: mark, subject: { kind: 'installation', id: null } }),
  );
