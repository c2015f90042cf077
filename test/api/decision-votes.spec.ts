import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { type Client, TestApp } from '../support/app.js';
import { foundCoalition, fund, type ProblemBody, type TestCoalition } from '../support/coalition.js';
import { type Decision, draftMotion, openMotion, readMotion, vote, voter } from '../support/decisions.js';

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

describe('a vote', () => {
  it('is changed by another ballot, and closed early when all have voted', async () => {
    const { backbone, funder, partner } = coalition;
    const id = await openMotion(coalition);
    await funder.must(vote(funder, id, 2));
    expect(await refusalOf(close(backbone, id) as never)).toEqual([
      409,
      'stateForbids',
      '1 of 2 have not voted yet. The vote closes by itself at its end.',
    ]);
    await funder.must(vote(funder, id, 1));
    await partner.must(vote(partner, id, 0));
    expect(await backbone.must(close(backbone, id))).toMatchObject({
      state: 'passed',
      outcome: 'For reached more than half of the votes cast.',
    });
    const ballots = await app.rows(
      `SELECT choice FROM decision_ballots WHERE decision_id = $1 ORDER BY at, id`,
      [id],
    );
    expect(ballots.map((ballot) => (ballot as { choice: number }).choice)).toEqual([2, 1, 0]);
    const { votes } = await readMotion(partner, id);
    expect(votes.map(({ choiceText, changes }) => [choiceText, changes])).toEqual([
      ['For', 1],
      ['Abstains', 0],
    ]);
    expect((await vote(funder, id, 2)).status).toBe(409);
    await allHold();
  });

  it('is counted by itself at its end, and its result can be made again', async () => {
    const { funder } = coalition;
    const id = await openMotion(coalition);
    await funder.must(vote(funder, id, 1));
    await app.moveTo('2026-12-04T23:59:00Z');
    expect((await readMotion(funder, id)).state).toBe('open');
    await app.moveTo('2026-12-05T00:00:00Z');
    const closed = await readMotion(funder, id);
    expect([closed.state, closed.standing?.votedWeight, closed.standing?.entitledWeight]).toEqual([
      'passed',
      '1',
      '2',
    ]);
    // Who comes, goes or votes later changes nothing of it.
    await seated('New funder', 'funder', coalition.south);
    await app.rows(`UPDATE memberships SET until_on = '2026-12-04' WHERE person_id = $1`, [
      coalition.partner.id,
    ]);
    const again = await readMotion(funder, id);
    expect({ ...again.standing, state: again.state }).toEqual({ ...closed.standing, state: closed.state });
    await allHold();
  });

  it('without a quorum decides nothing; a tie carries nothing and says so', async () => {
    const { funder, partner, backbone } = coalition;
    const silent = await openMotion(coalition, { quorumPercent: 51 });
    await funder.must(vote(funder, silent, 1));
    const tied = await openMotion(coalition);
    await funder.must(vote(funder, tied, 1));
    await partner.must(vote(partner, tied, 2));
    expect((await backbone.must(close(backbone, tied))).outcome).toBe(
      'For and Against tie, so nothing is carried.',
    );
    await app.moveTo('2026-12-05T00:00:00Z');
    expect(await readMotion(funder, silent)).toMatchObject({
      state: 'noQuorum',
      outcome: 'The quorum of 51 % was not reached.',
    });
    await allHold();
  });

  it('is shown as it stands to who has voted, and of others to nobody before', async () => {
    const { backbone, funder, partner } = coalition;
    const id = await openMotion(coalition);
    await funder.must(vote(funder, id, 2, 'The library is closed on Mondays.'));
    for (const person of [backbone, partner]) {
      const before = await readMotion(person, id);
      expect([before.standing, before.dissents, before.voted]).toEqual([null, [], 1]);
      expect(before.votes.map(({ choice, dissent, hasVoted }) => [choice, dissent, hasVoted])).toEqual([
        [null, null, true],
        [null, null, false],
      ]);
    }
    await partner.must(vote(partner, id, 1));
    const after = await readMotion(partner, id);
    expect(after.standing?.options.map(({ label, people }) => [label, people])).toEqual([
      ['For', 1],
      ['Against', 1],
    ]);
    expect(after.dissents).toMatchObject([{ words: 'The library is closed on Mondays.' }]);
  });

  it('between options is carried by the most', async () => {
    const { funder, partner, backbone } = coalition;
    const third = await seated('Third voter', 'partner', coalition.hill);
    const options = ['The library', 'The town hall', 'Online'];
    const id = await openMotion(coalition, { method: 'choice', rule: 'plurality', options });
    await funder.must(vote(funder, id, 3));
    await partner.must(vote(partner, id, 3));
    await third.must(vote(third, id, 1));
    expect(await refusalOf(vote<ProblemBody>(third, id, 4))).toEqual([422, 'ruleBroken', '/choice']);
    expect((await backbone.must(close(backbone, id))).outcome).toBe('Online reached the most votes.');
  });

  it('that is withdrawn is over; what was voted stays on record', async () => {
    const { backbone, funder } = coalition;
    const id = await openMotion(coalition);
    await funder.must(vote(funder, id, 1));
    const taken = backbone.post<Decision>(`/api/v1/decisions/${id}/withdraw`, {
      reason: 'The library burnt down.',
    });
    expect((await backbone.must(taken)).state).toBe('withdrawn');
    expect((await vote(funder, id, 2)).status).toBe(409);
    await app.moveTo('2026-12-06T00:00:00Z');
    expect(await readMotion(funder, id)).toMatchObject({ state: 'withdrawn', voted: 1 });
    await allHold();
  });

  it('reminds those who have not voted, and nobody else', async () => {
    const { funder, partner } = coalition;
    const id = await openMotion(coalition);
    await funder.must(vote(funder, id, 1));
    await app.moveTo('2026-12-03T09:00:00Z');
    const mails = await app.rows<{ to: string; template: string }>(
      `SELECT to_address AS to, template FROM mail_messages WHERE cause_id = $1 ORDER BY created_at, to_address`,
      [id],
    );
    expect(mails.map(({ to, template }) => [template, to])).toEqual([
      ['decision.opened', funder.email],
      ['decision.opened', partner.email],
      // The reminder of a week before was due too: only the newest is sent.
      ['decision.reminder', partner.email],
    ]);
  });
});

describe('weights by contribution', () => {
  const weighted = () => ({ weighting: 'byContribution', weightPoolId: coalition.poolId });

  it('are those of the day the vote opens, shared by who speaks for one organisation', async () => {
    await fund(coalition, '100.01');
    await fund(coalition, '40.00', { funderId: coalition.south });
    const second = await seated('Second of North', 'funder', coalition.north);
    const south = await seated('Of South', 'funder', coalition.south);
    const id = await openMotion(coalition, weighted());
    await fund(coalition, '5000.00', { funderId: coalition.south });
    await coalition.funder.must(vote(coalition.funder, id, 1));
    const { votes, standing } = await readMotion(coalition.funder, id);
    const weights = Object.fromEntries(votes.map(({ person, weight }) => [person, weight]));
    expect(weights[south.name]).toBe('40.00');
    expect(weights[coalition.partner.name]).toBe('0.00');
    expect([weights[coalition.funder.name], weights[second.name]].sort()).toEqual(['50.00', '50.01']);
    expect(standing?.entitledWeight).toBe('140.01');
    await app.moveTo('2026-12-05T00:00:00Z');
    // 50.00 or 50.01 of 140.01: no half.
    expect((await readMotion(coalition.funder, id)).state).toBe('noQuorum');
    await allHold();
  });

  it('are not there before anything came, so the vote is not opened', async () => {
    const draft = await draftMotion(coalition, weighted());
    const { backbone } = coalition;
    expect((await backbone.post(`/api/v1/decisions/${draft}/open`)).status).toBe(422);
  });
});
