import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { TestApp } from '../support/app.js';
import {
  award,
  foundCoalition,
  fund,
  type Made,
  type ProblemBody,
  sign,
  type TestCoalition,
} from '../support/coalition.js';
import { draftMotion, openMotion, pass, readMotion, vote } from '../support/decisions.js';

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
  coalition = await foundCoalition(app, `Keyed Towns ${coalitions}`);
  await fund(coalition, '9000.00');
  await needFor('grantAward', 'grantAmendment', 'conditionWaiver', 'poolPolicy');
});

async function needFor(...neededFor: string[]): Promise<void> {
  const { backbone, id } = coalition;
  const url = `/api/v1/coalitions/${id}/decision-settings`;
  const { version } = await backbone.must(backbone.get<{ version: number }>(url));
  const payload = { votingRoles: ['funder', 'partner'], neededFor };
  await backbone.must(
    backbone.send({ method: 'PUT', url, payload, headers: { 'if-match': `"${version}"` } }),
  );
}

const terms = () => ({
  ...{
    organisationId: coalition.stream,
    reference: `K-${coalitions}`,
    title: 'Core support',
    mode: 'flexible',
  },
  ...{ startOn: '2026-12-01', endOn: '2028-12-31', reportingFrequency: 'yearly', reportingDueAfterDays: 30 },
  ...{ amount: '2000.00', firstOn: '2026-12-31', everyMonths: 12, equalInstalments: 2 },
});
async function proposed(): Promise<string> {
  const { backbone, poolId } = coalition;
  const { id } = await backbone.must(backbone.post<Made>(`/api/v1/pools/${poolId}/grants`, terms()));
  await backbone.must(backbone.post(`/api/v1/grants/${id}/propose`));
  return id;
}
/** The partner sits for the grantee, so the funder alone decides on its grants. */
const passed = (more: object) => pass(coalition, [coalition.funder], more);
const tryAward = <Body = ProblemBody>(grantId: string, body: object) =>
  coalition.approver.post<Body>(`/api/v1/grants/${grantId}/award`, body);
const why = async (sent: Promise<{ status: number; body: ProblemBody }>) => {
  const { status, body } = await sent;
  return [status, body.errors[0]?.pointer, body.detail];
};
const allHold = async () => {
  const results = await runChecks(checks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
};

describe('an award, where the coalition decides on awards', () => {
  it('is refused without a decision that passed and is about just this grant', async () => {
    const grantId = await proposed();
    const award = { subjectKind: 'grantAward', subjectId: grantId };
    expect(await why(tryAward(grantId, { decisionReference: 'Minute 7' }))).toEqual([
      422,
      '/decisionId',
      `The coalition decides on this: name the decision that passed for the award of K-${coalitions}.`,
    ]);
    const open = await openMotion(coalition, award);
    expect(await why(tryAward(grantId, { decisionId: open }))).toEqual([
      422,
      '/decisionId',
      'D-1 is open to vote: only one that passed allows this.',
    ]);
    const { funder, backbone, partner } = coalition;
    await funder.must(vote(funder, open, 2));
    await backbone.must(backbone.post(`/api/v1/decisions/${open}/close`));
    expect((await why(tryAward(grantId, { decisionId: open })))[2]).toContain('D-1 is failed');
    const other = await pass(coalition, [funder, partner], {
      ...{ subjectKind: 'poolPolicy', subjectId: coalition.poolId },
    });
    expect((await why(tryAward(grantId, { decisionId: other })))[2]).toContain('D-2 is not about the award');
  });

  it('uses the decision, which then opens nothing else, and links to it', async () => {
    const grantId = await proposed();
    const decisionId = await passed({ title: 'Award it', subjectKind: 'grantAward', subjectId: grantId });
    const { partner } = coalition;
    // The motion names its grantee by itself: who sits for it was found and did not vote.
    const { votes } = await readMotion(partner, decisionId);
    expect(votes.find(({ person }) => person === partner.name)?.recused).toBe('seat');
    const { status, body } = await tryAward<{ state: string; decisionId: string; decisionReference: string }>(
      grantId,
      { decisionId },
    );
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({ state: 'awarded', decisionId, decisionReference: 'D-1: Award it' }),
    ]);
    expect((await readMotion(partner, decisionId)).usedFor).toBe(`the award of K-${coalitions}`);
    await allHold();
  });

  it('by a decision that was superseded is refused', async () => {
    const grantId = await proposed();
    const subject = { subjectKind: 'grantAward', subjectId: grantId };
    const first = await passed(subject);
    await passed({ ...subject, amendsId: first, amendsHow: 'supersedes' });
    expect((await why(tryAward(grantId, { decisionId: first })))[2]).toBe('D-2 stands in the place of D-1.');
  });

  it('needs none where the coalition asks for none, and old references in words stay readable', async () => {
    await needFor();
    const grantId = await award(coalition, {
      amount: '500.00',
      firstOn: '2026-12-31',
      everyMonths: 1,
      equalInstalments: 1,
    });
    const { backbone } = coalition;
    expect(await backbone.must(backbone.get(`/api/v1/grants/${grantId}`))).toMatchObject({
      decisionReference: 'Minute 1',
      decisionId: null,
    });
  });
});

describe('the policies of a pool', () => {
  it('are changed by a decision that passed, once; a new name alone needs none', async () => {
    const { backbone, funder, partner, poolId } = coalition;
    const pool = `/api/v1/pools/${poolId}`;
    expect((await backbone.patch(pool, { name: 'Renamed Fund' }, 1)).status).toBe(200);
    expect((await why(backbone.patch<ProblemBody>(pool, { reserve: '100.00' }, 2)))[1]).toBe('/decisionId');
    const decisionId = await pass(coalition, [funder, partner], {
      subjectKind: 'poolPolicy',
      subjectId: poolId,
    });
    expect((await backbone.patch(pool, { reserve: '100.00', decisionId }, 2)).status).toBe(200);
    expect((await why(backbone.patch<ProblemBody>(pool, { reserve: '200.00', decisionId }, 3)))[2]).toContain(
      'D-1 was used already, for the policies of Renamed Fund.',
    );
    await allHold();
  });
});

describe('conditions and amendments', () => {
  let grantId: string;
  beforeEach(async () => {
    await needFor('grantAmendment', 'conditionWaiver');
    grantId = await award(coalition, {
      ...{ amount: '2000.00', firstOn: '2026-12-31', everyMonths: 12, equalInstalments: 2 },
    });
  });

  it('a condition that waits for a motion is met by itself when it passes, and not when it fails', async () => {
    const { backbone, funder, partner } = coalition;
    const add = (decisionId: string) =>
      backbone.must(
        backbone.post<{ id: string; text: string }>(`/api/v1/grants/${grantId}/conditions`, {
          ...{ kind: 'decisionPassed', appliesFrom: '2026-12-31', decisionId },
        }),
      );
    const motions = [
      await draftMotion(coalition, { title: 'Go on' }),
      await draftMotion(coalition, { title: 'Stop' }),
    ];
    const [goOn, stop] = [await add(motions[0]!), await add(motions[1]!)];
    expect(goOn.text).toBe('the decision “D-1: Go on” is passed');
    const byHand = backbone.post(`/api/v1/conditions/${goOn.id}/meet`, {
      metOn: '2026-11-23',
      note: 'I say so',
    });
    expect((await byHand).status).toBe(409);
    for (const [index, id] of motions.entries()) {
      await backbone.must(backbone.post(`/api/v1/decisions/${id}/open`));
      for (const person of [funder, partner]) await person.must(vote(person, id, index + 1));
      await backbone.must(backbone.post(`/api/v1/decisions/${id}/close`));
    }
    await app.drain();
    const stateOf = async (id: string) =>
      (await backbone.must(backbone.get<{ state: string }>(`/api/v1/conditions/${id}`))).state;
    expect([await stateOf(goOn.id), await stateOf(stop.id)]).toEqual(['met', 'open']);
    await allHold();
  });

  it('a waiver names its decision, which is used when others approve it', async () => {
    const { backbone } = coalition;
    const { id } = await backbone.must(
      backbone.post<Made>(`/api/v1/grants/${grantId}/conditions`, {
        ...{ kind: 'documentReceived', subject: 'the agreement', appliesFrom: '2026-12-31' },
      }),
    );
    const ask = <Body>(decisionId?: string) =>
      backbone.post<Body>(`/api/v1/conditions/${id}/waiver`, { reason: 'It is urgent', decisionId });
    expect((await why(ask<ProblemBody>()))[1]).toBe('/decisionId');
    const decisionId = await passed({ subjectKind: 'conditionWaiver', subjectId: id });
    const asked = await backbone.must(ask<{ waiverApprovalId: string }>(decisionId));
    expect((await readMotion(backbone, decisionId)).usedFor).toBeNull();
    await sign(coalition, asked.waiverApprovalId);
    expect((await readMotion(backbone, decisionId)).usedFor).toContain('a waiver on G-');
    await allHold();
  });

  it('an amendment names its decision, which is used when others approve it', async () => {
    const { backbone } = coalition;
    const ask = <Body>(more: object = {}) =>
      backbone.post<Body>(`/api/v1/grants/${grantId}/amendments`, {
        ...{ kind: 'topUp', reason: 'More families came', award: '3000.00', ...more },
      });
    expect((await why(ask<ProblemBody>()))[1]).toBe('/decisionId');
    const decisionId = await passed({ subjectKind: 'grantAmendment', subjectId: grantId });
    const asked = await backbone.must(ask<{ approvalId: string; decisionId: string }>({ decisionId }));
    expect(asked.decisionId).toBe(decisionId);
    await sign(coalition, asked.approvalId);
    expect((await readMotion(backbone, decisionId)).usedFor).toContain('an amendment of G-');
    await allHold();
  });
});
