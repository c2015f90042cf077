import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { type Client, TestApp } from '../support/app.js';
import { foundCoalition, type ProblemBody, type TestCoalition } from '../support/coalition.js';
import { type Decision, openMotion, readMotion, type Vote, vote, voter } from '../support/decisions.js';

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
const allHold = async () => {
  const results = await runChecks(checks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
};
const refusalOf = async (sent: Promise<{ status: number; body: ProblemBody }>) => {
  const { status, body } = await sent;
  return [status, body.code, body.errors[0]?.pointer ?? body.detail];
};
const close = (person: Client, id: string) => person.post<Decision>(`/api/v1/decisions/${id}/close`);

describe('conflicts', () => {
  it('are found by themselves: those who sit or work for it, or declared an interest, count in neither votes nor quorum', async () => {
    const { backbone, funder, partner, id, stream, south } = coalition;
    const second = await seated('Second funder', 'funder', south);
    await second.must(
      second.post(`/api/v1/coalitions/${id}/interests`, {
        organisationId: stream,
        nature: 'I am a trustee of it.',
      }),
    );
    const decisionId = await openMotion(coalition, { concernsId: stream, quorumPercent: 100 });
    const { votes, entitled } = await readMotion(backbone, decisionId);
    expect(entitled).toBe(1);
    expect(votes.map(({ person, recused, recusalReason }) => [person, recused, recusalReason])).toEqual([
      [funder.name, null, null],
      [partner.name, 'seat', 'Speaks for Stream Youth Work, which it concerns.'],
      [second.name, 'register', 'Declared an interest in Stream Youth Work: I am a trustee of it.'],
    ]);
    for (const person of [partner, second])
      expect(await refusalOf(vote<ProblemBody>(person, decisionId, 2))).toEqual([
        409,
        'stateForbids',
        expect.stringContaining('You are recused from this motion'),
      ]);
    await funder.must(vote(funder, decisionId, 1));
    // One of one is the whole quorum: the others are not in it.
    expect((await backbone.must(close(backbone, decisionId))).state).toBe('passed');
    const { standing } = await readMotion(funder, decisionId);
    expect(standing).toMatchObject({ entitledPeople: 1, entitledWeight: '1', votedWeight: '1' });
    await allHold();
  });

  it('declared after voting take the vote out of the count', async () => {
    const { backbone, funder, partner } = coalition;
    const id = await openMotion(coalition);
    await partner.must(vote(partner, id, 2));
    const declare = (person: Client, payload: object) =>
      person.post<ProblemBody>(`/api/v1/decisions/${id}/recusals`, payload);
    expect((await declare(funder, { personId: partner.id, reason: 'They told me.' })).status).toBe(403);
    expect((await declare(partner, { reason: 'My brother works there.' })).status).toBe(200);
    expect((await declare(partner, { reason: 'Again.' })).status).toBe(409);
    await funder.must(vote(funder, id, 1));
    expect(await backbone.must(close(backbone, id))).toMatchObject({
      state: 'passed',
      entitled: 1,
      voted: 1,
    });
    await allHold();
  });

  it('that ended are no conflict any more; the register keeps them', async () => {
    const { funder, id, south, backbone } = coalition;
    const register = `/api/v1/coalitions/${id}/interests`;
    const { id: interest } = await funder.must(
      funder.post<{ id: string }>(register, {
        organisationId: south,
        nature: 'A loan',
        sinceOn: '2025-01-01',
      }),
    );
    expect((await coalition.partner.post(`/api/v1/interests/${interest}/end`, {})).status).toBe(403);
    await funder.must(funder.post(`/api/v1/interests/${interest}/end`, { untilOn: '2026-11-20' }));
    const decisionId = await openMotion(coalition, { concernsId: south });
    expect((await readMotion(backbone, decisionId)).entitled).toBe(2);
    const csv = await backbone.get<string>(register, { accept: 'text/csv' });
    expect(csv.body).toContain('A loan');
  });
});

describe('dissent', () => {
  it('is kept in the dissenter’s words, and survives every export', async () => {
    const { backbone, funder, partner } = coalition;
    const id = await openMotion(coalition);
    const words = 'The smaller partners, "Hill" above all,\nwere not heard.\n=SUM(A1)';
    await partner.must(vote(partner, id, 2, words));
    await funder.must(vote(funder, id, 1));
    await backbone.must(close(backbone, id));
    await partner.must(partner.post(`/api/v1/decisions/${id}/dissents`, { words: 'And I still say so.' }));
    const whole = `${words}\n\nAnd I still say so.`;
    const record = await readMotion(backbone, id);
    expect(record.dissents.map((one) => one.words)).toEqual([words, 'And I still say so.']);
    const json = await backbone.must(backbone.get<{ items: Vote[] }>(`/api/v1/decisions/${id}/votes`));
    expect(json.items.find(({ person }) => person === partner.name)?.dissent).toBe(whole);
    const csv = await backbone.get<string>(`/api/v1/decisions/${id}/votes?limit=1`, { accept: 'text/csv' });
    expect(csv.body).toContain(`"${whole.replaceAll('"', '""')}"`);
    expect(csv.body.split('\r\n').filter((line) => line.includes(funder.id))).toHaveLength(1);
  });

  it('is of who is on the roll only', async () => {
    const id = await openMotion(coalition);
    const answer = await coalition.approver.post(`/api/v1/decisions/${id}/dissents`, { words: 'Not I.' });
    expect(answer.status).toBe(403);
  });
});
