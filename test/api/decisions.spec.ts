import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Client, TestApp } from '../support/app.js';
import { foundCoalition, type ProblemBody, type TestCoalition } from '../support/coalition.js';
import {
  type Decision,
  type DecisionRecord,
  draftMotion,
  motion,
  openMotion,
  readMotion,
  vote,
  voter,
} from '../support/decisions.js';

let app: TestApp;
let coalition: TestCoalition;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  coalitions += 1;
  app.clock.moveTo(new Date('2026-11-23T09:00:00Z'));
  coalition = await foundCoalition(app, `Deciding Towns ${coalitions}`);
});

const named = (name: string) => `${name} ${coalitions}`;
const seated = (name: string, role: 'funder' | 'partner', organisationId: string) =>
  voter(app, coalition, named(name), role, organisationId);
const refusalOf = async (sent: Promise<{ status: number; body: ProblemBody }>) => {
  const { status, body } = await sent;
  return [status, body.code, body.errors[0]?.pointer ?? body.detail];
};
const close = (person: Client, id: string) => person.post<Decision>(`/api/v1/decisions/${id}/close`);

describe('who votes', () => {
  it('is drawn when the vote opens: those with a voting seat, never the backbone or an observer', async () => {
    const observer = await app.person(named('Observer'));
    await app.seat(observer, coalition.id, 'observer');
    const id = await openMotion(coalition);
    const late = await seated('Late funder', 'funder', coalition.south);
    const { votes } = await readMotion(coalition.backbone, id);
    expect(votes.map(({ seat, weight }) => [seat, weight])).toEqual([
      ['Funder for North River Trust', '1'],
      ['Partner for Stream Youth Work', '1'],
    ]);
    for (const person of [coalition.backbone, observer, late, coalition.approver])
      expect((await vote(person, id, 1)).status).toBe(403);
  });

  it('refuses a backbone’s vote though they also hold a voting seat, in the service and in the database', async () => {
    const both = await seated('Backbone and funder', 'funder', coalition.south);
    await app.seat(both, coalition.id, 'backbone');
    const id = await openMotion(coalition);
    const [status, code, detail] = await refusalOf(vote<ProblemBody>(both, id, 1));
    expect([status, code]).toEqual([403, 'forbidden']);
    expect(detail).toContain('The backbone and observers do not vote.');
    // Somebody who was on the roll and joined the backbone meanwhile is stopped by the database.
    await app.seat(coalition.funder, coalition.id, 'backbone');
    expect(await refusalOf(vote<ProblemBody>(coalition.funder, id, 1))).toEqual([
      403,
      'forbidden',
      'Everybody who is on the roll votes for themself; the backbone does not vote.',
    ]);
    expect((await readMotion(coalition.partner, id)).voted).toBe(0);
  });

  it('is the coalition’s setting', async () => {
    const { backbone, approver, id } = coalition;
    const settings = `/api/v1/coalitions/${id}/decision-settings`;
    const put = (payload: object, version = 1) =>
      backbone.send<ProblemBody>({
        method: 'PUT',
        url: settings,
        payload,
        headers: { 'if-match': `"${version}"` },
      });
    expect((await put({ votingRoles: ['backbone'] })).status).toBe(400);
    expect((await put({ votingRoles: ['approver'], neededFor: ['poolPolicy'] })).status).toBe(200);
    expect((await put({ votingRoles: ['funder'] })).status).toBe(412);
    const decisionId = await openMotion(coalition);
    const { votes } = await readMotion(backbone, decisionId);
    expect(votes.map(({ seat }) => seat)).toEqual(['Approver', 'Approver']);
    expect((await vote(approver, decisionId, 1)).status).toBe(200);
    expect((await vote(coalition.funder, decisionId, 1)).status).toBe(403);
  });

  it('needs somebody: a motion that nobody could vote on is not opened', async () => {
    const { backbone, id } = coalition;
    await app.rows(
      `UPDATE memberships SET until_on = '2026-11-01' WHERE coalition_id = $1 AND role IN ('funder', 'partner')`,
      [id],
    );
    const draft = await draftMotion(coalition);
    expect(await refusalOf(backbone.post<ProblemBody>(`/api/v1/decisions/${draft}/open`))).toEqual([
      422,
      'ruleBroken',
      'Nobody may vote: no funder or partner has a seat.',
    ]);
  });
});

describe('a motion', () => {
  it('can be changed while it is a draft, and not once it is open', async () => {
    const { backbone } = coalition;
    const id = await draftMotion(coalition);
    const change = (version: number, more: object) =>
      backbone.patch<ProblemBody>(`/api/v1/decisions/${id}`, motion(more), version);
    expect((await change(1, { title: 'Meet at the pier' })).status).toBe(200);
    expect((await change(1, {})).status).toBe(412);
    await backbone.must(backbone.post(`/api/v1/decisions/${id}/open`));
    expect((await change(3, {})).status).toBe(409);
    expect((await readMotion(backbone, id)).motion).toContain('in the library');
  });

  it.each([
    [{ closesOn: '2026-11-22' }, '/closesOn'],
    [{ rule: 'plurality' }, '/rule'],
    [{ method: 'choice', rule: 'plurality', options: ['One'] }, '/options'],
    [{ weighting: 'byContribution' }, '/weightPoolId'],
    [{ subjectKind: 'grantAward' }, '/subjectId'],
    [{ subjectKind: 'grantAward', subjectId: '019303b0-0000-7000-8000-000000000000' }, '/subjectId'],
    [{ amendsId: '019303b0-0000-7000-8000-000000000000' }, '/amendsId'],
    [{ concernsId: '019303b0-0000-7000-8000-000000000000' }, '/concernsId'],
  ])('with %j is refused at %s', async (more, pointer) => {
    const { backbone, id } = coalition;
    const sent = backbone.post<ProblemBody>(`/api/v1/coalitions/${id}/decisions`, motion(more));
    expect(await refusalOf(sent)).toEqual([422, 'ruleBroken', pointer]);
  });

  it('that amends another links to it, and what is superseded is not superseded twice', async () => {
    const { backbone, funder, partner, id } = coalition;
    const passed = await openMotion(coalition);
    for (const person of [funder, partner]) await person.must(vote(person, passed, 1));
    await backbone.must(close(backbone, passed));
    const later = await openMotion(coalition, {
      title: 'Meet online',
      amendsId: passed,
      amendsHow: 'supersedes',
    });
    for (const person of [funder, partner]) await person.must(vote(person, later, 1));
    await backbone.must(close(backbone, later));
    expect((await readMotion(funder, passed)).amendedBy).toMatchObject([
      { reference: 'D-2', how: 'supersedes' },
    ]);
    const again = backbone.post<ProblemBody>(
      `/api/v1/coalitions/${id}/decisions`,
      motion({ amendsId: passed }),
    );
    expect(await refusalOf(again)).toEqual([422, 'ruleBroken', '/amendsId']);
  });

  it('is minuted by the backbone, entry by entry', async () => {
    const { backbone, funder } = coalition;
    const id = await openMotion(coalition);
    const minutes = `/api/v1/decisions/${id}/minutes`;
    for (const text of ['Five spoke for it.', 'Correction: six spoke for it.'])
      await backbone.must(backbone.post(minutes, { text }));
    expect((await funder.post(minutes, { text: 'Mine' })).status).toBe(403);
    const record: DecisionRecord = await readMotion(funder, id);
    expect(record.minutes.map(({ text, writtenBy }) => [text, writtenBy])).toEqual([
      ['Five spoke for it.', backbone.name],
      ['Correction: six spoke for it.', backbone.name],
    ]);
  });

  it('is listed with the others, newest first, and exported', async () => {
    const { backbone, partner, id } = coalition;
    await draftMotion(coalition, { title: 'First' });
    await openMotion(coalition, { title: 'Second' });
    const list = await partner.must(
      partner.get<{ items: { reference: string; title: string }[] }>(`/api/v1/coalitions/${id}/decisions`),
    );
    expect(list.items.map(({ reference, title }) => [reference, title])).toEqual([
      ['D-2', 'Second'],
      ['D-1', 'First'],
    ]);
    const csv = await backbone.get<string>(`/api/v1/coalitions/${id}/decisions?state=open`, {
      accept: 'text/csv',
    });
    expect(csv.body).toContain('D-2');
    expect(csv.body).not.toContain('D-1');
  });
});
