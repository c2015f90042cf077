import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { type ClaimBody, TestBond, workingsOf } from '../support/bond.js';
import { Browser, csrfIn, type Page } from '../support/browser.js';
import { foundCoalition, type ProblemBody, type TestCoalition } from '../support/coalition.js';

interface PreviewBody extends Pick<ClaimBody, 'workings'> {
  gross: { amount: string };
  net: { amount: string };
  paidByPayers: { amount: string };
  payers: {
    payer: string;
    amount: { amount: string };
    unpaid: { amount: string };
    headroom: { amount: string } | null;
  }[];
}

let app: TestApp;
let coalition: TestCoalition;

beforeAll(async () => {
  app = await TestApp.start({ now: '2027-05-03T09:00:00Z' });
  coalition = await foundCoalition(app);
});
afterAll(() => app?.stop());

const signUp = { metric: 'signUp', title: 'A child signs up', kind: 'per_unit', price: '1680.00' };
const level = { metric: 'level3', title: 'Level 3', kind: 'per_person_once', price: '3300.00' };

const preview = <Body = PreviewBody>(
  bond: TestBond,
  claim: ClaimBody,
  ...findings: (object | undefined)[]
) => {
  const lines = claim.lines.map(({ id }, place) => ({ lineId: id, verdict: 'accepted', ...findings[place] }));
  return bond.verifier.post<Body>(`/api/v1/claims/${claim.id}/preview`, { lines });
};

/** All that a decision would change, as it stands. */
const kept = async (claim: ClaimBody) => [
  await app.rows(`SELECT state, version, decided_at, verified_place FROM outcome_claims WHERE id = $1`, [
    claim.id,
  ]),
  await app.rows(`SELECT * FROM outcome_claim_lines WHERE claim_id = $1 ORDER BY number`, [claim.id]),
  await app.rows(
    `SELECT p.* FROM outcome_claim_people p JOIN outcome_claim_lines l ON l.id = p.line_id
    WHERE l.claim_id = $1 ORDER BY p.line_id, p.position`,
    [claim.id],
  ),
  await app.rows(`SELECT count(*) AS n FROM outcome_workings`),
  await app.rows(`SELECT count(*) AS n FROM outcome_invoices`),
  await app.rows(`SELECT count(*) AS n FROM journal_entries`),
  await app.rows(`SELECT count(*) AS n FROM audit_events`),
];

describe('a preview of a claim', () => {
  it('is what verifying comes to, caps and payers’ shares with it, and leaves all as it stands', async () => {
    const bond = await TestBond.active(app, coalition, { rateCard: [signUp, { ...level, cap: '8000.00' }] });
    await bond.verified([{ metric: 'signUp', quantity: '440' }]);
    const claim = await bond.submitted(
      [
        { metric: 'signUp', quantity: '90' },
        { metric: 'level3', people: ['a', 'b', 'c', 'd'] },
      ],
      2,
    );
    const before = await kept(claim);
    const { body } = await preview(
      bond,
      claim,
      { verdict: 'reduced', quantity: '70' },
      { verdict: 'reduced', notAccepted: ['B'] },
    );
    expect(workingsOf({ ...claim, ...body })).toEqual([
      '70 × 1680.00 = 117600.00; net 117600.00; North 78400.00; South 39200.00',
      '3 people × 3300.00 = 9900.00; line −1900.00; net 8000.00; North 5333.33; South 2666.67',
    ]);
    expect([body.gross.amount, body.net.amount, body.paidByPayers.amount]).toEqual([
      '127500.00',
      '125600.00',
      '125600.00',
    ]);
    expect(
      body.payers.map(({ payer, amount, headroom }) => [payer, amount.amount, headroom?.amount ?? null]),
    ).toEqual([
      ['North River Trust', '83733.33', '23466.67'],
      ['South Bank Fund', '41866.67', null],
    ]);
    expect(await kept(claim)).toEqual(before);
    const { body: verified } = await bond.verify(claim, [
      { verdict: 'reduced', quantity: '70', reason: '20 had signed up before' },
      { verdict: 'reduced', notAccepted: ['B'], reason: 'No certificate' },
    ]);
    expect(verified.workings).toEqual(body.workings);
  });

  it('says what exceeds the cap of a payer, and stays unpaid', async () => {
    const bond = await TestBond.active(app, coalition, { caps: {} });
    const claim = await bond.submitted([{ metric: 'signUp', quantity: '900' }]);
    const { body } = await preview(bond, claim);
    expect([body.net.amount, body.paidByPayers.amount]).toEqual(['1512000.00', '1104000.00']);
    expect(body.payers[0]).toMatchObject({
      amount: { amount: '600000.00' },
      unpaid: { amount: '408000.00' },
      headroom: { amount: '0.00' },
    });
  });

  it('needs no reason yet, and is else refused as verifying would be', async () => {
    const bond = await TestBond.active(app, coalition);
    const claim = await bond.submitted([{ metric: 'signUp', quantity: '3' }]);
    expect((await preview(bond, claim, { verdict: 'rejected' })).body.net.amount).toBe('0.00');
    const more = await preview<ProblemBody>(bond, claim, { verdict: 'reduced', quantity: '4' });
    expect([more.status, more.body.errors[0]?.pointer]).toEqual([422, '/lines/0/quantity']);
    const { lines } = claim;
    const body = { lines: [{ lineId: lines[0]!.id, verdict: 'accepted' }] };
    const url = `/api/v1/claims/${claim.id}/preview`;
    expect((await coalition.partner.post(url, body)).status).toBe(403);
    const other = await app.person(`Other verifier of ${bond.reference}`);
    await app.seat(other, coalition.id, 'verifier', coalition.hill);
    const refused = await other.post<ProblemBody>(url, body);
    expect([refused.status, refused.body.detail]).toEqual([403, 'The contract names another verifier.']);
    await bond.verifier.must(bond.verify(claim));
    expect((await preview<ProblemBody>(bond, claim)).body.detail).toBe(
      'The claim is verified. Only one that was handed in is verified or rejected.',
    );
  });
});

/** The words of the preview on the verifier's page. */
const previewIn = ({ html }: Page): string =>
  html
    .split('id="preview"')[1]!
    .split('Made by')[0]!
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe('the verifier’s page', () => {
  it('shows what the claim would come to as all is accepted, and again by what is chosen', async () => {
    const bond = await TestBond.active(app, coalition);
    const { id, lines } = await bond.submitted([{ metric: 'signUp', quantity: '440' }]);
    const browser = await Browser.of(app, bond.verifier);
    const form = await browser.get(`/claims/${id}/verification`);
    expect(previewIn(form)).toContain('440 × 1680.00 739,200.00 Net 739,200.00');
    expect(form.html).toContain(`hx-post="/claims/${id}/preview"`);
    expect(form.html).toMatch(new RegExp(`<noscript><button[^>]*formaction="/claims/${id}/preview"`, 'i'));
    const choose = (more: Record<string, string>) =>
      browser.post(`/claims/${id}/preview`, {
        ...{ _csrf: csrfIn(form.html), 'lines[0].lineId': lines[0]!.id, 'lines[0].verdict': 'reduced' },
        ...more,
      });
    const reduced = await choose({ 'lines[0].quantity': '400' });
    expect(reduced.status).toBe(200);
    expect(previewIn(reduced)).toContain('Accepted 400 400 × 1680.00 672,000.00 Net 672,000.00');
    expect(previewIn(reduced)).toContain('North River Trust 448,000.00 South Bank Fund 224,000.00');
    expect(previewIn(reduced)).toContain('North River Trust: £152,000.00 would be left under its cap.');
    expect(reduced.html).toContain('value="400"');
    expect(previewIn(await choose({}))).toContain('Say to what it is reduced, or who is not accepted.');
  });
});
