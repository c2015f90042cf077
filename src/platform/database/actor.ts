/** A person who signed in, by session or API token. */
export interface PersonActor {
  kind: 'person';
  personId: string;
  name: string;
  requestId?: string;
}

/** A job, which sees one coalition only. `personId` is whoever it works for, where it works for somebody. */
export interface JobActor {
  kind: 'job';
  job: string;
  coalitionId: string;
  personId?: string;
  requestId?: string;
}

/**
 * The few rooms that must look across coalitions, and never at money: signing in (`identity`), the
 * scheduler (`scheduler`) and the postman (`post`). Each door opens only the tables whose policies name it. Whoever has
 * not signed in comes by `public`, which no policy names: it opens no table at all.
 */
export interface DoorActor {
  kind: 'door';
  door: 'identity' | 'scheduler' | 'post' | 'public';
  job: string;
  personId?: string;
  requestId?: string;
}

export type Actor = PersonActor | JobActor | DoorActor;

export const personActor = (personId: string, name: string, requestId?: string): PersonActor => ({
  kind: 'person',
  personId,
  name,
  requestId,
});

export const jobActor = (job: string, coalitionId: string, personId?: string): JobActor => ({
  kind: 'job',
  job,
  coalitionId,
  personId,
});

export const doorActor = (door: DoorActor['door'], job: string, personId?: string): DoorActor => ({
  kind: 'door',
  door,
  job,
  personId,
});

/** What row-level security is told about an actor: one value for every setting, so that none lingers. */
export function actorSettings(actor: Actor): Record<string, string> {
  return {
    'app.person_id': actor.personId ?? '',
    'app.job': actor.kind === 'job' ? actor.job : '',
    'app.coalition_id': actor.kind === 'job' ? actor.coalitionId : '',
    'app.door': actor.kind === 'door' ? actor.door : '',
  };
}
