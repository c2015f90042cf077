import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Client, TestApp } from '../support/app.js';
import { award, foundCoalition, fund, payFrom, sign, type TestCoalition } from '../support/coalition.js';
import { choosePassword } from '../support/identity.js';
import { Phone } from '../support/phone.js';

const password = 'otter cedar kelp linden';
let app: TestApp;
let coalition: TestCoalition;
let phone: Phone;

/** £12,000 are due to Stream, two thirds of it North's money and a third South's; above £10,000 two approve. */
beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  coalition = await foundCoalition(app);
  const { finance, approver, secondApprover, funder, stream, south } = coalition;
  await payFrom(coalition, {
    accountName: 'River Towns Fund',
    iban: 'GB29 NWBK 6016 1331 9268 19',
    bic: 'NWBKGB2L',
  });
  const account = await finance.must(
    finance.post<{ approvalId: string }>(`/api/v1/organisations/${stream}/bank-accounts`, {
      ...{ accountName: 'Stream Youth Work', iban: 'BE68 5390 0754 7034', reason: 'By telephone' },
    }),
  );
  await sign(coalition, account.approvalId);
  await fund(coalition, '20000.00');
  await fund(coalition, '10000.00', { funderId: south });
  await award(coalition, { amount: '12000.00', firstOn: '2026-12-01', everyMonths: 12, equalInstalments: 1 });
  await app.moveTo('2026-12-01T09:00:00Z');
  for (const { id } of [finance, approver, secondApprover, funder]) await choosePassword(app, id, password);
  phone = await Phone.open(app);
}, 180_000);
afterAll(async () => {
  await phone?.close();
  await app?.stop();
});

const as = async (person: Client, path: string): Promise<void> => {
  await phone.signOut();
  await phone.signIn(path, person.email, password);
};
const press = (name: string | RegExp) => phone.page.getByRole('button', { name }).first().click();
const text = () => phone.page.locator('main').innerText();
const one = async (sql: string): Promise<string> => (await app.rows<{ value: string }>(sql))[0]!.value;

describe('a whole payment run, in the browser', () => {
  it('begins with what is due: finance asks for its release', async () => {
    await as(coalition.finance, `/coalitions/${coalition.id}/payments`);
    await press('Look at the chosen together');
    await press('Ask to release 1 payment, £12,000.00');
    await phone.page.waitForURL(/\/payments$/);
    expect(await text()).toContain('0 of 2');
  });

  it('two others approve it', async () => {
    const request = `/approvals/${await one(`SELECT approval_id AS value FROM disbursements`)}`;
    for (const approver of [coalition.approver, coalition.secondApprover]) {
      await as(approver, request);
      await press('Approve £12,000.00 to Stream Youth Work');
      await phone.page.waitForLoadState();
    }
    expect(await one(`SELECT state AS value FROM disbursements`)).toBe('approved');
  });

  it('it goes into a batch, which a second person releases, and the file goes to the bank', async () => {
    await as(coalition.finance, `/coalitions/${coalition.id}/payments`);
    await press('Make a batch of the chosen');
    await phone.page.locator('form.tb-form .tb-form-submit button[type=submit]').first().click();
    await phone.page.waitForURL(/\/payment-batches\/[^/]+$/);
    const batch = new URL(phone.page.url()).pathname;
    await as(
      coalition.approver,
      `/approvals/${await one(`SELECT approval_id AS value FROM payment_batches`)}`,
    );
    await press(/^Approve/);
    await phone.page.waitForLoadState();
    await as(coalition.finance, batch);
    const link = phone.page.getByRole('link', { name: 'pain.001.001.09.xml' });
    const [download] = await Promise.all([phone.page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe('batch-1-2026-12-01.pain.001.001.09.xml');
    await press('The file has gone to the bank');
    await phone.page.waitForLoadState();
    expect(await one(`SELECT state AS value FROM payment_batches`)).toBe('sent');
  });

  it('the bank’s statement names it: it is matched, and paid', async () => {
    app.clock.moveTo(new Date('2026-12-03T09:00:00Z'));
    const endToEndId = await one(`SELECT end_to_end_id AS value FROM payment_batch_lines`);
    const balance = (code: string, amount: string) => `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>
      <Amt Ccy="GBP">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-12-02</Dt></Dt></Bal>`;
    const statement = `<?xml version="1.0" encoding="UTF-8"?>
      <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>S-1</Id>
      <Acct><Id><IBAN>GB29NWBK60161331926819</IBAN></Id><Ccy>GBP</Ccy></Acct>
      ${balance('OPBD', '30000.00')}${balance('CLBD', '18000.00')}
      <Ntry><Amt Ccy="GBP">12000.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-12-02</Dt></BookgDt>
      <AcctSvcrRef>B-1</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>${endToEndId}</EndToEndId></Refs></TxDtls></NtryDtls>
      </Ntry></Stmt></BkToCstmrStmt></Document>`;
    await as(coalition.finance, `/pools/${coalition.poolId}/bank`);
    await phone.page
      .getByLabel('File from the bank')
      .setInputFiles({ name: 'statement.xml', mimeType: 'application/xml', buffer: Buffer.from(statement) });
    await press('Import the statement');
    await phone.page.waitForLoadState();
    expect(await text()).toContain('all is accounted for');
    expect(await one(`SELECT state AS value FROM instalments`)).toBe('paid');
  });

  it('the funder reads it in its statement', async () => {
    const { funder, poolId, north } = coalition;
    await as(funder, `/pools/${poolId}/funders/${north}/statement`);
    const statement = await text();
    expect(statement).toContain('8,000.00');
    expect(statement).toContain('12,000.00');
    expect(await phone.overflow()).toBe(0);
    expect(phone.complaints).toEqual([]);
  });
});
