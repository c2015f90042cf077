import type { HistoryEvent } from '../../platform/audit/history.js';
import { InstantText } from './dates.js';
import { Audit } from './timeline.js';

/** `horizonOn: 'horizon'`; or with it how a value reads: `reserve: ['reserve', (value) => …]`. */
export type FieldNames = Readonly<
  Record<string, string | readonly [name: string, text: (value: unknown) => string]>
>;

interface HistoryProps {
  events: readonly HistoryEvent[];
  /** What an action is called after the name of who did it: `'goal.added': 'added the goal'`. */
  actions: Readonly<Record<string, string>>;
  /** What a field that changed is called, and how it reads. A field without a name is not told. */
  fields: FieldNames;
  timeZone: string;
  locale: string;
}

/** Who did what and when, with each field that changed: what it said, and what it says. */
export function History({ events, actions, fields, timeZone, locale }: HistoryProps) {
  return (
    <Audit
      entries={events.map((event) => ({
        who: event.who,
        what: (
          <>
            {actions[event.action] ?? event.action}
            {changes(event, fields).map((change) => (
              <span class="tb-quiet">
                <br />
                {change}
              </span>
            ))}
          </>
        ),
        when: <InstantText at={event.at} timeZone={timeZone} locale={locale} />,
        why: event.reason ?? undefined,
      }))}
    />
  );
}

/** "horizon: 2031-08-31 → 2032-08-31", for every named field that is not what it was. */
export function changes(
  { before, after }: Pick<HistoryEvent, 'before' | 'after'>,
  fields: FieldNames,
): string[] {
  if (!before || !after) return [];
  return Object.entries(fields)
    .map(([field, named]) => {
      const [name, words] = typeof named === 'string' ? [named, text] : [named[0], wordsOr(named[1])];
      return [name, words(before[field]), words(after[field])] as const;
    })
    .filter(([, was, is]) => was !== is)
    .map(([name, was, is]) => `${name}: ${was} → ${is}`);
}

const wordsOr = (words: (value: unknown) => string) => (value: unknown) =>
  value === null || value === undefined || value === '' ? 'nothing' : words(value);

/** A value as one reads it; texts are cut where they would fill the page. */
function text(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing';
  const words = typeof value === 'string' ? value : JSON.stringify(value);
  return words.length > 80 ? `${words.slice(0, 79)}…` : words;
}
