import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { award, foundCoalition, fund, type Made, type TestCoalition } from '../support/coalition.js';
import { draftMotion } from '../support/decisions.js';
import { findEntries, inBrackets, writeEntry } from '../support/learning.js';

let app: TestApp;
let coalition: TestCoalition;
let grant: string;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  coalition = await foundCoalition(app, 'Seeking Towns');
  const { partner, backbone, id } = coalition;
  await fund(coalition, '60000.00');
  grant = await award(coalition, {
    amount: '6000.00',
    firstOn: '2026-12-15',
    everyMonths: 12,
    equalInstalments: 1,
  });
  const goal = { name: 'Every café is a classroom', horizonOn: '2031-08-31' };
  await backbone.must(backbone.post<Made>(`/api/v1/coalitions/${id}/goals`, goal));
  await draftMotion(coalition, { motion: 'That the coalition opens the café on Mondays.' });
  const write = (more: object) => partner.must(writeEntry(coalition, partner, more));
  await write({ happenedOn: '2026-03-01', tags: ['schools'] });
  await write({
    ...{ title: 'The Café on the quay', happenedOn: '2026-05-02', tags: ['cafés', 'schools'] },
    ...{ action: 'We read stories at the café.', observation: 'Children <b>listened</b> & asked.' },
    reflection: 'Families come where they are already.',
  });
  await backbone.must(
    writeEntry(coalition, backbone, {
      ...{ title: 'Letters are not read', happenedOn: '2026-07-03' },
      ...{ action: 'We sent letters to 200 families.', observation: 'Nine answered.' },
      links: [{ kind: 'grant', id: grant }],
    }),
  );
});
afterAll(() => app?.stop());

const find = async (query: string) =>
  (await findEntries(coalition, coalition.funder, query)).map(({ title }) => title);
const asked = (q: string) => find(`?q=${encodeURIComponent(q)}`);

describe('words are looked for', () => {
  it.each([
    ['in every form', 'family letter', ['Letters are not read']],
    ['with accents or without', 'cafe', ['The Café on the quay']],
    ['typed with an accent that the text lacks', 'lettérs', ['Letters are not read']],
    ['together, in quotes', '"school hall"', ['An open door brings parents']],
    ['and not found together where they are apart', '"hall school"', []],
    ['one or the other', 'quay or clinic', ['The Café on the quay', 'An open door brings parents']],
    ['without a word', 'families -letters -clinic', ['The Café on the quay']],
    ['in tags too', 'schools quay', ['The Café on the quay']],
    ['however common they are', 'where they are', ['The Café on the quay']],
    ['nowhere', 'submarine', []],
  ])('%s', async (_, q, titles) => {
    expect((await asked(q)).toSorted()).toEqual(titles.toSorted());
  });

  it('and those of the title count most', async () => {
    expect((await asked('letters or families'))[0]).toBe('Letters are not read');
  });

  it('and marked where they stand, signs of mark-up left as they were written', async () => {
    const [found] = await findEntries(coalition, coalition.funder, '?q=cafe%20listen');
    expect(inBrackets(found!.foundTitle)).toBe('The [Café] on the quay');
    expect(inBrackets(found!.excerpt)).toContain(
      'stories at the [café].\nChildren <b>[listened]</b> & asked.',
    );
  });

  it('by strange questions too, without an error', async () => {
    for (const q of ['"', '-', '&|!', "'; DROP TABLE learning_entries", '\u{E000}x', '()'])
      expect(await asked(q)).toEqual([]);
  });
});

describe('the list', () => {
  it.each([
    ['?tag=Schools', ['The Café on the quay', 'An open door brings parents']],
    ['?linkKind=grant', ['Letters are not read']],
    ['?from=2026-05-02&to=2026-06-30', ['The Café on the quay']],
    ['?q=families&tag=schools&sort=happenedOn', ['An open door brings parents', 'The Café on the quay']],
  ])('is narrowed by %s', async (query, titles) => {
    expect(await find(query)).toEqual(titles);
  });

  it('is narrowed by its author, and comes in pages, the best first', async () => {
    const { funder, id } = coalition;
    const [letters] = await findEntries(coalition, funder, '?q=letters');
    const { authorId } = letters as unknown as { authorId: string };
    expect(await find(`?authorId=${authorId}`)).toEqual(['Letters are not read']);
    type Paged = { items: { title: string }[]; nextCursor: string | null; total: number };
    const page = (more: string) =>
      funder.must(funder.get<Paged>(`/api/v1/coalitions/${id}/learning-entries?q=families&limit=2${more}`));
    const first = await page('');
    const second = await page(`&cursor=${first.nextCursor}`);
    expect([first.total, first.items.length, second.items.length, second.nextCursor]).toEqual([
      3,
      2,
      1,
      null,
    ]);
  });

  it('comes whole as CSV', async () => {
    const { funder, id } = coalition;
    const csv = await funder.get<string>(`/api/v1/coalitions/${id}/learning-entries`, { accept: 'text/csv' });
    expect(csv.body.split('\r\n')[0]).toContain('id,coalitionId,happenedOn,title,action,observation');
    expect(csv.body).toContain('Letters are not read');
  });

  it('refuses the character that no text can hold, rather than failing on it', async () => {
    const { funder, id } = coalition;
    expect((await funder.get(`/api/v1/coalitions/${id}/learning-entries?q=a%00b`)).status).toBe(400);
  });

  it('takes no id without its kind', async () => {
    const { funder, id } = coalition;
    expect((await funder.get(`/api/v1/coalitions/${id}/learning-entries?linkId=${grant}`)).status).toBe(400);
  });
});

describe('the search of the whole coalition', () => {
  const search = async (q: string, person = coalition.funder) => {
    const address = `/api/v1/coalitions/${coalition.id}/search?q=${encodeURIComponent(q)}`;
    const { items } = await person.must(person.get<{ items: { kind: string; title: string }[] }>(address));
    return items.map(({ kind }) => kind).toSorted();
  };

  it('finds goals, decisions and learning by one word', async () => {
    expect(await search('cafe')).toEqual(['decision', 'goal', 'learningEntry']);
    expect(await search('')).toEqual([]);
  });

  it('finds a grant by a part of its reference, for whoever may see it', async () => {
    const { funder, partner } = coalition;
    const { reference } = await funder.must(funder.get<{ reference: string }>(`/api/v1/grants/${grant}`));
    expect(await search(reference.slice(0, -1))).toContain('grant');
    expect(await search(reference, partner)).toContain('grant');
    const outsider = await app.person('Somebody of Hill');
    await app.seat(outsider, coalition.id, 'partner', coalition.hill);
    expect(await search(reference, outsider)).not.toContain('grant');
  });
});
