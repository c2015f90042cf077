import { addDays, type Day } from '../maths/day.js';
import type { ExampleWorld } from './example-world.js';
import { measureHarbourTowns } from './harbour-curves.js';
import { award, awardLate } from './harbour-towns/awards.js';
import { putToTheVote } from './harbour-towns/decisions.js';
import { found } from './harbour-towns/founding.js';
import { writeWhatWasLearnt } from './harbour-towns/learning.js';
import { pledge, receive } from './harbour-towns/money-in.js';
import { agreeOnAccounts, leaveWorkToDo, payWhatIsDue } from './harbour-towns/money-out.js';
import { sayWhoDoesWhat } from './harbour-towns/people.js';
import { leaveReportsToDo, report, subscribe } from './harbour-towns/reports.js';

/**
 * Nearly three years in the life of a coalition, lived through the same services and jobs as everybody's: four
 * funders pledge for five years, grants are awarded and paid by two people, partners report, a report goes out each
 * month. It ends today with something for everybody to do.
 */
export async function liveHarbourTowns(world: ExampleWorld, today: Day): Promise<string> {
  const first = `${Number(today.slice(0, 4)) - 2}-01-08`;
  await world.moveTo(first);
  const harbour = await found(world);
  await agreeOnAccounts(world, harbour);
  const promised = await pledge(world, harbour, first);
  await award(world, harbour, first);
  await subscribe(world, harbour);
  let references = 0;
  let awardedLate = false;
  for (let day = addDays(first, 3); day < today; day = addDays(day, 7)) {
    await world.moveTo(day);
    references = await receive(world, harbour, promised, day, references);
    if (!awardedLate && day >= addDays(today, -60)) {
      awardedLate = true;
      await awardLate(world, harbour, day, today);
    }
    if (day < addDays(today, -21)) references = await payWhatIsDue(world, day, references);
    if (day < addDays(today, -40)) await report(world, addDays(today, -40));
  }
  await leaveWorkToDo(world, today);
  await measureHarbourTowns(world, harbour.coalitionId, addDays(today, -1));
  await leaveReportsToDo(world, harbour, today);
  await sayWhoDoesWhat(world, harbour.coalitionId, today);
  await putToTheVote(world, harbour.coalitionId, today);
  await writeWhatWasLearnt(world, harbour.coalitionId, today);
  return harbour.coalitionId;
}
