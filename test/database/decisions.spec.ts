import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as newId } from 'uuid';
import { type Client, TestApp } from '../support/app.js';
import { foundCoalition, type TestCoalition } from '../support/coalition.js';
import { openMotion, readMotion, vote } from '../support/decisions.js';
import { DomainError } from '../../src/platform/errors/domain-error.js';

let app: TestApp;
let coalition: TestCoalition;
let decisionId: string;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  coalitions += 1;
  app.clock.moveTo(new Date('2026-11-23T09:00:00Z'));
  coalition = await foundCoalition(app, `Holding Towns ${coalitions}`);
  decisionId = await openMotion(coalition);
});

/** What the database answers to a statement of the application's login: how many rows, or the refusal in words. */
async function attempt(
  person: Client,
  sql: string,
  parameters: (string | number | null)[] = [],
): Promise<number | string> {
  try {
    return await app.as(person, (tx) => tx.run(sql, parameters));
  } catch (error) {
    return error instanceof DomainError ? error.detail : ((error as { code?: string }).code ?? 'no code');
  }
}

const ballot = `INSERT INTO decision_ballots (coalition_id, decision_id, voter_id, person_id, choice, at)
  SELECT d.coalition_id, d.id, coalesce((SELECT id FROM decision_voters WHERE decision_id = d.id AND person_id = $2),
    (SELECT id FROM decision_voters WHERE decision_id = d.id LIMIT 1)), $2, $3, $4 FROM decisions d WHERE d.id = $1`;
const cast = (person: Client, who: string, choice = 1, at = '2026-11-24T09:00:00Z') =>
  attempt(person, ballot, [decisionId, who, choice, at]);

const notOnRoll = 'Everybody who is on the roll votes for themself; the backbone does not vote.';

describe('the database, whatever the application does', () => {
  it('takes the vote of who is on the roll, for themself alone', async () => {
    const { funder, partner, approver } = coalition;
    expect(await cast(funder, funder.id)).toBe(1);
    expect(await cast(funder, partner.id)).toBe(notOnRoll);
    expect(await cast(approver, approver.id)).toBe(notOnRoll);
  });

  it('takes no vote of the backbone, though they were on the roll', async () => {
    const { backbone, funder } = coalition;
    expect(await cast(backbone, backbone.id)).toBe(notOnRoll);
    await app.seat(funder, coalition.id, 'backbone');
    expect(await cast(funder, funder.id)).toBe(notOnRoll);
  });

  it('takes no vote before the vote opened, at its end or later, or for what is no option', async () => {
    const { funder } = coalition;
    for (const at of ['2026-11-23T08:59:59Z', '2026-12-05T00:00:00Z', '2027-01-01T00:00:00Z'])
      expect(await cast(funder, funder.id, 1, at)).toBe('The vote is not open.');
    expect(await cast(funder, funder.id, 3)).toBe('There is no such option.');
    expect(await cast(funder, funder.id, 0, '2026-12-04T23:59:59.999Z')).toBe(1);
  });

  it('takes no vote of who is recused, and no second one that replaces none', async () => {
    const { funder, partner } = coalition;
    await partner.must(partner.post(`/api/v1/decisions/${decisionId}/recusals`, { reason: 'Mine' }));
    expect(await cast(partner, partner.id)).toBe('Who is recused from a motion does not vote on it.');
    expect(await cast(funder, funder.id)).toBe(1);
    expect(await cast(funder, funder.id, 2)).toBe('You voted elsewhere meanwhile. Look at it again.');
  });

  it('keeps every line of the record: nothing of it is changed or removed, even by the owner of the schema', async () => {
    const { funder, partner } = coalition;
    await funder.must(vote(funder, decisionId, 2, 'No.'));
    await partner.must(partner.post(`/api/v1/decisions/${decisionId}/recusals`, { reason: 'Mine' }));
    for (const table of ['voters', 'recusals', 'ballots', 'dissents', 'minutes', 'uses']) {
      for (const sql of [`UPDATE decision_${table} SET id = id`, `DELETE FROM decision_${table}`]) {
        expect(await attempt(funder, sql)).toBe('42501');
        await expect(app.rows(sql)).rejects.toMatchObject({ code: 'TR066' });
      }
    }
    await expect(app.rows(`DELETE FROM decisions`)).rejects.toMatchObject({ code: 'TR066' });
  });

  it('adds nobody to the roll of an open vote, and changes nothing of its motion', async () => {
    const { backbone, approver } = coalition;
    const add = `INSERT INTO decision_voters (coalition_id, decision_id, person_id, seat, weight) VALUES ($1, $2, $3, 'Late', 5)`;
    const held = 'A motion that was put to the vote stays as it was. Amend it by another.';
    expect(await attempt(backbone, add, [coalition.id, decisionId, approver.id])).toBe(held);
    for (const change of [
      `quorum_percent = 1`,
      `motion = 'Another'`,
      `closes_at = '2030-01-01'`,
      `state = 'draft'`,
    ])
      expect(await attempt(backbone, `UPDATE decisions SET ${change} WHERE id = $1`, [decisionId])).toBe(
        held,
      );
  });

  it('lets a closed decision stay as it is, and open only the door that it is about', async () => {
    const { backbone, funder, partner, poolId } = coalition;
    const subject = { subjectKind: 'poolPolicy', subjectId: poolId };
    const about = await openMotion(coalition, subject);
    const use = `INSERT INTO decision_uses (coalition_id, decision_id, subject_kind, subject_id, used_for, used_at)
      VALUES ($1, $2, 'poolPolicy', $3, 'it', '2026-11-23T09:00:00Z')`;
    const parameters = (subjectId: string) => [coalition.id, about, subjectId];
    const isNoKey = 'This takes a decision that passed and is about just this.';
    expect(await attempt(backbone, use, parameters(poolId))).toBe(isNoKey);
    for (const person of [funder, partner]) await person.must(vote(person, about, 1));
    await backbone.must(backbone.post(`/api/v1/decisions/${about}/close`));
    expect(await attempt(backbone, use, parameters(newId()))).toBe(isNoKey);
    expect(await attempt(backbone, use, parameters(poolId))).toBe(1);
    expect(await attempt(backbone, use, parameters(poolId))).toBe(
      'This decision was used already: it opens one door.',
    );
    expect(await attempt(backbone, `UPDATE decisions SET result = '{}' WHERE id = $1`, [about])).toContain(
      'stays as it was',
    );
    expect((await readMotion(funder, about)).state).toBe('passed');
  });
});
