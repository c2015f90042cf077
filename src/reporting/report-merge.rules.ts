import { createHash } from 'node:crypto';

/** What a partner writes in a report, as text: amounts as they are sent ("1250.50"), nothing as ''. */
export interface ReportContent {
  story: string;
  learning: string;
  lines: { goalId: string; amount: string; note: string }[];
  readings: ReadingsContent[];
}

/** What it says of one indicator or performance measure: values as plain decimals, nothing as ''. */
export interface ReadingsContent {
  seriesId: string;
  source: string;
  method: string;
  note: string;
  values: { period: string; dimension: string; category: string; value: string }[];
}

/** Marks of what stood in a form when it was drawn or last saved, field by field. */
export interface SeenContent {
  story: string;
  learning: string;
  lines: { goalId: string; mark: string }[];
  /** Of each value, and of the words beside the values of each series; see `placesOf`. */
  readings: { at: string; mark: string }[];
}

/** A field that two people changed, and what the other one wrote. */
export interface Clash {
  pointer: string;
  theirs: string;
}

/** A short mark of a text; how a browser ends its lines makes no difference. */
export const markOf = (text: string): string =>
  createHash('sha256').update(text.replaceAll('\r\n', '\n').trim()).digest('hex').slice(0, 16);

const lineText = ({ amount, note }: { amount: string; note: string }): string => `${amount}\n${note}`;
type Words = Pick<ReadingsContent, 'source' | 'method' | 'note'>;
type Place = Omit<ReadingsContent['values'][number], 'value'>;
const wordsText = ({ source, method, note }: Words): string => `${source}\n${method}\n${note}`;
const valueAt = (seriesId: string, { period, dimension, category }: Place): string =>
  [seriesId, period, dimension, category].join(' ').trim();
const noWords: Words = { source: '', method: '', note: '' };
const emptyLine = { amount: '', note: '' };

export const seenOf = ({ story, learning, lines, readings }: ReportContent): SeenContent => ({
  story: markOf(story),
  learning: markOf(learning),
  lines: lines.map((line) => ({ goalId: line.goalId, mark: markOf(lineText(line)) })),
  readings: readings.flatMap(({ seriesId, values, ...words }) => [
    { at: seriesId, mark: markOf(wordsText(words)) },
    ...values.map(({ value, ...place }) => ({ at: valueAt(seriesId, place), mark: markOf(value) })),
  ]),
});

/**
 * What two people wrote in one report, field by field: a field that only one of them changed is as that one wrote it.
 * One that both changed, each otherwise, clashes: nothing of it is saved until somebody has read both.
 */
export function mergeReport(
  current: ReportContent,
  typed: ReportContent,
  seen: SeenContent,
): { merged: ReportContent; clashes: Clash[] } {
  const clashes: Clash[] = [];
  const pick = (
    pointer: string,
    theirs: string,
    mine: string,
    was: string | undefined,
  ): 'theirs' | 'mine' => {
    const [marked, written] = [markOf(theirs), markOf(mine)];
    if (written === was || written === marked) return 'theirs';
    if (marked !== was) clashes.push({ pointer, theirs: theirs.trim() });
    return 'mine';
  };
  const text = (key: 'story' | 'learning') =>
    pick(`/${key}`, current[key], typed[key], seen[key]) === 'mine' ? typed[key] : current[key];
  const lines = typed.lines.map((mine, index) => {
    const theirs = current.lines.find(({ goalId }) => goalId === mine.goalId) ?? emptyLine;
    const was = seen.lines.find(({ goalId }) => goalId === mine.goalId)?.mark;
    const picked = pick(`/lines/${index}/amount`, lineText(theirs), lineText(mine), was);
    return picked === 'mine' ? mine : { ...theirs, goalId: mine.goalId };
  });
  const readings = typed.readings.map((mine, index): ReadingsContent => {
    const theirs = current.readings.find(({ seriesId }) => seriesId === mine.seriesId);
    const wasAt = (at: string) => seen.readings.find((one) => one.at === at)?.mark;
    const words = theirs ?? noWords;
    const picked = pick(`/readings/${index}/source`, wordsText(words), wordsText(mine), wasAt(mine.seriesId));
    const { source, method, note } = picked === 'mine' ? mine : words;
    const values = mine.values.map((one, at) => {
      const key = valueAt(mine.seriesId, one);
      const other = theirs?.values.find((value) => valueAt(mine.seriesId, value) === key)?.value ?? '';
      const from = pick(`/readings/${index}/values/${at}/value`, other, one.value, wasAt(key));
      return from === 'mine' ? one : { ...one, value: other };
    });
    return { ...{ seriesId: mine.seriesId, source, method, note }, values };
  });
  // What the form did not show is nobody's to change.
  const others = current.readings.filter(
    ({ seriesId }) => !typed.readings.some((one) => one.seriesId === seriesId),
  );
  return {
    merged: { story: text('story'), learning: text('learning'), lines, readings: [...readings, ...others] },
    clashes,
  };
}
