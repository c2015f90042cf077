import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { Browser, type Page } from '../support/browser.js';
import { foundCoalition, fund, type TestCoalition } from '../support/coalition.js';
import { openMotion, pass, vote } from '../support/decisions.js';

let app: TestApp;
let coalition: TestCoalition;
let backbone: Browser;
let funder: Browser;
let partner: Browser;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  coalitions += 1;
  app.clock.moveTo(new Date('2026-11-23T09:00:00Z'));
  coalition = await foundCoalition(app, `Voting Towns ${coalitions}`);
  backbone = await Browser.of(app, coalition.backbone);
  funder = await Browser.of(app, coalition.funder);
  partner = await Browser.of(app, coalition.partner);
});

const words = ({ html }: Page): string =>
  html
    .replace(/<(script|style|svg)\b.*?<\/\1>/gs, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

const form = (more: Record<string, string> = {}): Record<string, string> => ({
  ...{ title: 'Meet <online>', motion: 'That we meet online.', method: 'motion', rule: 'majority' },
  ...{ weights: 'perPerson', quorumPercent: '50', closesOn: '2026-12-04', amendsHow: 'amends', ...more },
});
/** Drafts a motion by its form; gives the address of its page. */
async function drafted(more: Record<string, string> = {}): Promise<string> {
  const home = `/coalitions/${coalition.id}/decisions`;
  const { location, html } = await backbone.submit(home, form(more), `${home}/new`);
  if (!location) throw new Error(`The draft was refused: ${words({ html } as Page)}`);
  return location;
}

describe('a decision', () => {
  it('walks from draft to count: drafted, opened, voted on with dissent, closed, minuted', async () => {
    const page = await drafted();
    expect(words(await funder.get(page))).toContain('Meet &lt;online>');
    expect((await funder.get(page)).html).not.toContain(`action="${page}/votes"`);
    await backbone.submit(`${page}/open`, {}, page);
    // What needs one, in the overview of the coalition.
    expect(words(await funder.get(`/coalitions/${coalition.id}`))).toContain('1 motion to vote on');
    const asked = await funder.get(page);
    expect(words(asked)).toContain('0 of 2 people have voted.');
    expect(words(asked)).toContain('I abstain It counts to the quorum');
    expect((await funder.submit(`${page}/votes`, { choice: '1' }, page)).status).toBe(303);
    expect(words(await partner.get(page))).not.toContain('For 1 ·');
    await partner.submit(
      `${page}/votes`,
      { choice: '2', dissent: 'Not <all> of us have\na connection.' },
      page,
    );
    const seen = await funder.get(page);
    expect(words(seen)).toContain('For 1 · 50%');
    expect(seen.html).toContain('Not &lt;all> of us have\na connection.');
    await partner.submit(`${page}/votes`, { choice: '1' }, page);
    expect((await backbone.get(page)).html).toContain(`action="${page}/close"`);
    await backbone.submit(`${page}/close`, {}, page);
    await backbone.submit(`${page}/minutes`, { text: 'All agreed in the end.' }, page);
    const record = await partner.get(`${page}/record`);
    for (const part of [
      'For reached more than half of the votes cast.',
      'All agreed in the end.',
      'Not &lt;all> of us have',
      'For 2, Against 0, abstained 0; 2 of 2 voted',
    ])
      expect(words(record).replace(/\s+/g, ' ')).toContain(part);
  });

  it('shows the backbone no ballot, and no figures before the close', async () => {
    const id = await openMotion(coalition);
    await coalition.funder.must(vote(coalition.funder, id, 2, 'Secret until you vote.'));
    const page = await backbone.get(`/decisions/${id}`);
    expect(page.html).not.toContain(`action="/decisions/${id}/votes"`);
    expect(words(page)).toContain('1 of 2 people have voted.');
    expect(page.html).not.toContain('Secret until you vote.');
    expect(
      (await backbone.submit(`/decisions/${id}/votes`, { choice: '1' }, `/decisions/${id}`)).status,
    ).toBe(403);
  });

  it('names who is conflicted, and lets people step aside', async () => {
    const page = await drafted({ concernsId: coalition.stream });
    await backbone.submit(`${page}/open`, {}, page);
    const conflicted = await partner.get(page);
    expect(words(conflicted)).toContain(
      'Speaks for Stream Youth Work, which it concerns. Found by their seat',
    );
    expect(conflicted.html).not.toContain(`action="${page}/votes"`);
    await funder.submit(`${page}/recusals`, { reason: 'I am their treasurer.' }, page);
    expect(words(await funder.get(page))).toContain('I am their treasurer. Declared for this motion');
  });

  it.each([
    [{ title: '' }, 'title'],
    [{ method: 'choice', rule: 'plurality', optionLines: 'One' }, 'optionLines'],
    [{ closesOn: '2026-11-01' }, 'closesOn'],
    [{ rule: 'plurality' }, 'rule'],
  ])('with %j is refused at its field, and keeps the rest', async (wrong, field) => {
    const home = `/coalitions/${coalition.id}/decisions`;
    const refused = await backbone.submit(home, form(wrong), `${home}/new`);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain(`href="#field-${field}"`);
    expect(refused.html).toContain('That we meet online.');
  });

  it('between options weighs by a pool, and is changed while a draft', async () => {
    await fund(coalition, '100.00');
    const page = await drafted({
      ...{
        method: 'choice',
        rule: 'plurality',
        optionLines: 'North\r\n\r\nSouth',
        weights: coalition.poolId,
      },
    });
    const edit = await backbone.get(`${page}/edit`);
    expect(edit.html).toMatch(/<textarea[^>]*name="optionLines"[^>]*>North\nSouth<\/textarea>/);
    const version = /name="version" value="(\d+)"/.exec(edit.html)![1]!;
    const more = {
      title: 'Where',
      method: 'choice',
      rule: 'majority',
      optionLines: 'North\nSouth',
      weights: coalition.poolId,
      version,
    };
    expect((await backbone.submit(page, form(more), `${page}/edit`)).location).toBe(page);
    await backbone.submit(`${page}/open`, {}, page);
    await funder.submit(`${page}/votes`, { choice: '2' }, page);
    expect(words(await funder.get(page))).toContain('South 1, £100.00 · 100%');
  });
});

describe('what takes a decision', () => {
  it('is set by the backbone, and asked for where something is done', async () => {
    const settings = `/coalitions/${coalition.id}/decision-settings`;
    const saved = await backbone.submit(settings, {
      'votingRoles[]': ['funder', 'partner'],
      'neededFor[]': ['poolPolicy'],
      version: '1',
    });
    expect(saved.status).toBe(303);
    const edit = `/pools/${coalition.poolId}/edit`;
    expect(words(await backbone.get(edit))).toContain('no decision that passed is about it yet');
    const decisionId = await pass(coalition, [coalition.funder, coalition.partner], {
      ...{ title: 'A larger reserve', subjectKind: 'poolPolicy', subjectId: coalition.poolId },
    });
    const page = await backbone.get(edit);
    expect(page.html).toContain(`<option value="${decisionId}">D-1: A larger reserve</option>`);
  });
});

describe('the register', () => {
  it('takes a declaration by its form, and ends it', async () => {
    const register = `/coalitions/${coalition.id}/interests`;
    const declared = { organisationId: coalition.hill, nature: 'A loan <private>', sinceOn: '2026-01-01' };
    expect((await funder.submit(register, declared)).location).toBe(register);
    const listed = await funder.get(register);
    expect(listed.html).toContain('A loan &lt;private>');
    const end = /href="(\/interests\/[\w-]{36}\/end)"/.exec(listed.html)![1]!;
    expect((await partner.get(register)).html).not.toContain(end);
    expect((await funder.submit(end, { untilOn: '2026-11-23' })).location).toBe(register);
  });
});
