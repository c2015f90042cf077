import type { Day } from '../maths/day.js';
import { signContract, type Zone } from './children-bond/contract.js';
import { liveBond } from './children-bond/life.js';
import { supposeScenarios } from './children-bond/scenarios.js';
import type { ExampleWorld } from './example-world.js';

/** A collective impact bond from its first day to the end of 2023: the real one’s figures, where they are known. */
export async function liveChildrenBond(world: ExampleWorld, until: Day = '2023-12-29'): Promise<Zone> {
  await world.moveTo('2019-04-01');
  const zone = await signContract(world);
  await supposeScenarios(world, zone);
  await liveBond(world, zone, until);
  return zone;
}
