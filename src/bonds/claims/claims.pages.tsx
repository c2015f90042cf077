import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { readFile } from 'node:fs/promises';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { type Access, Where } from '../../platform/http/request.js';
import { fileOf } from '../../platform/http/uploads.js';
import { coalitionPath } from '../../web/navigation.js';
import { actorOf, type Heading, Pages, type Refusal } from '../../web/pages.js';
import { readQuery } from '../../web/read-query.js';
import { bondHeading } from '../contracts/bond-frame.js';
import { type Bond, readBond, signedTerms } from '../contracts/bonds.read.js';
import { readClaimCsv } from './claim-csv.js';
import { atItsPlace, ChangeClaimForm, ClaimForm, readClaimForm } from './claim-form.dto.js';
import { ClaimFormPage, type ClaimFormView } from './claim-form.js';
import { ClaimPage } from './claim-page.js';
import { readClaimView } from './claim-view.js';
import { claimTitle } from './claim-words.js';
import { ClaimsPage } from './claims-page.js';
import { ClaimQuery, linesOf, listClaims, readClaim } from './claims.read.js';
import { ClaimsService } from './claims.service.js';
import { requirePeriodNumber } from './claim.rules.js';
import { EvidenceService } from './evidence.service.js';
import { recalculate } from './recalculation.js';

@Controller()
export class ClaimsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly claims: ClaimsService,
    private readonly evidence: EvidenceService,
  ) {}

  @Get('bonds/:bondId/claims')
  @Allow('bond', ...overseers, 'partner')
  async list(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('bondId') bondId: string,
  ): Promise<void> {
    const query = await readQuery(reply, ClaimQuery);
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const bond = await readBond(tx, bondId);
      const seesAll = access.roles.some((role) => overseers.includes(role));
      return {
        bond,
        query,
        claims: await listClaims(tx, bondId, query),
        recalculated: seesAll ? await recalculate(tx, bond) : null,
        today: (await coalitionCalendar(tx, bond.coalitionId)).today,
      };
    });
    await this.pages.show(reply, bondHeading(view.bond, 'Claims'), (page) => (
      <ClaimsPage page={page} view={view} />
    ));
  }

  @Get('bonds/:bondId/claims/new')
  @Allow('bond', 'partner', 'backbone')
  async form(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    await this.drawForm(reply, { bondId });
  }

  @Post('bonds/:bondId/claims')
  @Allow('bond', 'partner', 'backbone')
  async make(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: ClaimForm,
      work: (tx, input) => {
        const { command, places } = readClaimForm(input);
        return atItsPlace(places, () => this.claims.make(tx, bondId, command));
      },
      done: ({ id, number }) => ({ to: `/claims/${id}`, say: `${claimTitle({ number })} is drafted.` }),
      again: (refusal) => this.drawForm(reply, { bondId }, refusal),
    });
  }

  @Post('bonds/:bondId/claims/csv')
  @Allow('bond', 'partner', 'backbone')
  async makeFromCsv(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    const { body } = reply.request;
    await this.pages.press(reply, {
      work: async (tx) => {
        const lines = readClaimCsv(await readFile(fileOf(body).path, 'utf8'));
        return this.claims.make(tx, bondId, { period: requirePeriodNumber(body), lines });
      },
      done: ({ id, number }) => ({
        to: `/claims/${id}`,
        say: `${claimTitle({ number })} is drafted from the file.`,
      }),
      back: `/bonds/${bondId}/claims/new`,
    });
  }

  @Get('claims/:claimId')
  @Allow('claim', ...overseers, 'partner')
  async show(@Res() reply: FastifyReply, @Param('claimId') claimId: string): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), (tx) => readClaimView(tx, claimId));
    await this.pages.show(reply, claimHeading(view.bond, claimTitle(view.claim)), (page) => (
      <ClaimPage page={page} view={view} />
    ));
  }

  @Get('claims/:claimId/edit')
  @Allow('claim', 'partner', 'backbone')
  async edit(@Res() reply: FastifyReply, @Param('claimId') claimId: string): Promise<void> {
    await this.drawForm(reply, { claimId });
  }

  @Post('claims/:claimId/edit')
  @Allow('claim', 'partner', 'backbone')
  async change(@Res() reply: FastifyReply, @Param('claimId') claimId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: ChangeClaimForm,
      work: (tx, input) => {
        const { command, places } = readClaimForm(input);
        return atItsPlace(places, () => this.claims.change(tx, claimId, input.version, command));
      },
      done: (claim) => ({ to: `/claims/${claimId}`, say: `${claimTitle(claim)} is saved.` }),
      again: (refusal) => this.drawForm(reply, { claimId }, refusal),
    });
  }

  @Post('claims/:claimId/submit')
  @Allow('claim', 'partner', 'backbone')
  async submit(@Res() reply: FastifyReply, @Param('claimId') claimId: string): Promise<void> {
    const to = `/claims/${claimId}`;
    await this.pages.press(reply, {
      work: (tx) => this.claims.submit(tx, claimId),
      done: (claim) => ({ to, say: `${claimTitle(claim)} is handed in. The verifier looks at it now.` }),
      back: to,
    });
  }

  @Post('claims/:claimId/evidence')
  @Allow('claim', 'partner', 'backbone')
  async addEvidence(@Res() reply: FastifyReply, @Param('claimId') claimId: string): Promise<void> {
    const to = `/claims/${claimId}`;
    await this.pages.press(reply, {
      work: (tx) => this.evidence.add(tx, claimId, fileOf(reply.request.body)),
      done: () => ({ to: `${to}#evidence`, say: 'The file is added.' }),
      back: to,
    });
  }

  private async drawForm(
    reply: FastifyReply,
    of: { bondId: string } | { claimId: string },
    refusal?: Refusal,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), (tx) => readFormView(tx, of));
    const title = view.draft ? `Change ${claimTitle(view.draft.claim).toLowerCase()}` : 'Claim outcomes';
    await this.pages.show(reply, claimHeading(view.bond, title), (page) => (
      <ClaimFormPage page={page} view={view} refusal={refusal} />
    ));
  }
}

async function readFormView(tx: Tx, of: { bondId: string } | { claimId: string }): Promise<ClaimFormView> {
  const draft =
    'claimId' in of ? { claim: await readClaim(tx, of.claimId), lines: await linesOf(tx, of.claimId) } : null;
  const bond = await readBond(tx, 'bondId' in of ? of.bondId : draft!.claim.bondId);
  const { terms } = await signedTerms(tx, bond.id);
  return { bond, terms, draft, today: (await coalitionCalendar(tx, bond.coalitionId)).today };
}

/** The heading of a page about a claim of a bond. */
export const claimHeading = (
  bond: Pick<Bond, 'id' | 'coalitionId' | 'reference'>,
  title: string,
): Heading => ({
  title: `${title} · ${bond.reference}`,
  section: 'bonds',
  crumbs: [
    { label: 'Bonds', href: coalitionPath(bond.coalitionId, 'bonds') },
    { label: bond.reference, href: `/bonds/${bond.id}` },
    { label: 'Claims', href: `/bonds/${bond.id}/claims` },
    { label: title },
  ],
});
