import type { PaidLine } from '../outcomes/outcome-payments.js';
import type { Claim, RateKind, Working } from '../outcomes/rate-card.js';
import { type Tally, totalOf } from '../outcomes/tally.js';

// A case may have thousands of claims; the notes are to be read.
const mostPlaces = 10;

function placesOf(places: string[]): string {
  const more = places.length - mostPlaces;
  return places.slice(0, mostPlaces).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

const sentences: readonly [string, (working: Working) => boolean][] = [
  [
    'The value is below the first band, so no band holds it and nothing is due',
    (working) => working.by === 'value' && working.standing === 'below',
  ],
  [
    'The value is beyond the last band, so no band holds it and nothing is due',
    (working) => working.by === 'value' && working.standing === 'beyond' && working.price.numerator === 0n,
  ],
  [
    'The value is beyond the last band, which is flat: its price stays',
    (working) => working.by === 'value' && working.standing === 'beyond' && working.price.numerator > 0n,
  ],
  [
    'People who were counted before for the metric are not counted again',
    (working) => working.by === 'people' && working.notCounted.length > 0,
  ],
  [
    'The gross is for the people named, in equal parts',
    (working) => working.by !== 'people' && working.parts.length > 1,
  ],
];

/** Says why a claim comes to nothing or to less than it looks, and which lines are of earlier periods. */
export function notesOn(lines: readonly PaidLine[]): string[] {
  const places = (holds: (line: PaidLine) => boolean) =>
    lines.filter(holds).map(({ metric, period }) => `${metric} in ${period}`);
  const note = (sentence: string, holds: (line: PaidLine) => boolean) => {
    const found = places(holds);
    return found.length > 0 ? [`${sentence}: ${placesOf(found)}.`] : [];
  };
  return [
    ...sentences.flatMap(([sentence, isSo]) =>
      note(sentence, ({ working }) => working !== null && isSo(working)),
    ),
    ...note('Claimed again, as a period cap trimmed it before', ({ working }) => working === null),
  ];
}

/** Says what still waits for a period to come. */
export function notesOnCarried({ carried }: Tally, money: (minor: bigint) => string): string[] {
  const open = [...carried].map(([metric, parts]) => `${metric} ${money(totalOf(parts))}`);
  return open.length > 0
    ? [`Carried forward, to be claimed again in the next period: ${placesOf(open)}.`]
    : [];
}

const unreadKeys: Record<RateKind, readonly ('quantity' | 'value')[]> = {
  per_unit: ['value'],
  per_person_once: ['quantity', 'value'],
  band: [],
  threshold: [],
  improvement: [],
};

/** Says what was given that has no bearing on what is paid. */
export function notesOnUnread(claims: readonly Claim[], kinds: ReadonlyMap<string, RateKind>): string[] {
  const unread = claims.flatMap((claim, index) =>
    unreadKeys[kinds.get(claim.metric)!]
      .filter((key) => claim[key] !== undefined)
      .map((key) => `/claims/${index}/${key}`),
  );
  return unread.length > 0
    ? [`Not read, as the kind of the metric does not ask for it: ${placesOf(unread)}.`]
    : [];
}
