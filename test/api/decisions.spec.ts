import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { type Client, TestApp } from '../support/app.js';
import { foundCoalition, fund, type ProblemBody, type TestCoalition } from '../support/coalition.js';
import {
  type Decision,
  type DecisionRecord,
  draftMotion,
  motion,
  openMotion,
  readMotion,
  type Vote,
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
const allHold = async () => {
  const results = await runChecks(checks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
};
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
