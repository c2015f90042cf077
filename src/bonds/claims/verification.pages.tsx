import { Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { plainToInstance } from 'class-transformer';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { asDomainError } from '../../platform/errors/problem.js';
import { Allow } from '../../platform/http/access.js';
import { refusals as refusalsOf } from '../../platform/http/validation.js';
import { type FormBody, readForm } from '../../web/forms/read-form.js';
import { moneyText } from '../../web/format.js';
import { actorOf, Pages, type Refusal, signedInOf } from '../../web/pages.js';
import { RejectClaim, VerifyClaim } from './claim.dto.js';
import { ClaimPreviewService } from './claim-preview.service.js';
import { readClaimView } from './claim-view.js';
import { claimTitle } from './claim-words.js';
import { claimHeading } from './claims.pages.js';
import type { ClaimLine } from './claims.read.js';
import type { TriedOut } from './preview-card.js';
import { VerificationPage } from './verification-page.js';
import { VerificationService } from './verification.service.js';

@Controller()
export class VerificationPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly verification: VerificationService,
    private readonly previews: ClaimPreviewService,
  ) {}

  @Get('claims/:claimId/verification')
  @Allow('claim', 'verifier')
  async form(@Res() reply: FastifyReply, @Param('claimId') claimId: string): Promise<void> {
    await this.draw(reply, claimId);
  }

  /** As one decides: the same page, with what the claim would come to by what was chosen so far. */
  @Post('claims/:claimId/preview')
  @HttpCode(200)
  @Allow('claim', 'verifier')
  async preview(@Res() reply: FastifyReply, @Param('claimId') claimId: string): Promise<void> {
    const { values } = readForm((reply.request.body ?? {}) as FormBody);
    await this.draw(reply, claimId, { values });
  }

  @Post('claims/:claimId/verify')
  @Allow('claim', 'verifier')
  async verify(@Res() reply: FastifyReply, @Param('claimId') claimId: string): Promise<void> {
    const { locale } = signedInOf(reply);
    await this.pages.submit(reply, {
      input: VerifyClaim,
      money: true,
      work: async (tx, input) => {
        const claim = await this.verification.verify(tx, claimId, input);
        return `${claimTitle(claim)} is verified, and comes to ${moneyText(claim.net ?? 0n, claim.currency, locale)}.`;
      },
      done: (say) => ({ to: `/claims/${claimId}`, say }),
      again: (refusal) =>
        this.draw(reply, claimId, { values: refusal.values, refusals: { verify: refusal } }),
    });
  }

  @Post('claims/:claimId/reject')
  @Allow('claim', 'verifier')
  async reject(@Res() reply: FastifyReply, @Param('claimId') claimId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: RejectClaim,
      work: (tx, input) => this.verification.reject(tx, claimId, input),
      done: (claim) => ({ to: `/claims/${claimId}`, say: `${claimTitle(claim)} is rejected.` }),
      again: (refusal) => this.draw(reply, claimId, { refusals: { reject: refusal } }),
    });
  }

  private async draw(
    reply: FastifyReply,
    claimId: string,
    { values, refusals = {} }: Drawn = {},
  ): Promise<void> {
    const actor = actorOf(reply);
    const view = await inSnapshot(this.db, actor, (tx) => readClaimView(tx, claimId));
    const chosen = values ?? allAccepted(view.lines);
    const preview = view.claim.state === 'submitted' ? await this.tryOut(actor, claimId, chosen) : null;
    await this.pages.show(
      reply,
      claimHeading(view.bond, `Verify ${claimTitle(view.claim).toLowerCase()}`),
      (page) => (
        <VerificationPage page={page} view={{ ...view, preview, values: chosen }} refusals={refusals} />
      ),
    );
  }

  /** What was chosen so far, worked out; while it cannot be, the sentence that says why. */
  private async tryOut(actor: PersonActor, claimId: string, values: object): Promise<TriedOut> {
    const input = plainToInstance(VerifyClaim, values);
    const [wrong] = await refusalsOf(input);
    if (wrong) return { problem: wrong.message };
    try {
      return await inSnapshot(this.db, actor, (tx) => this.previews.preview(tx, claimId, input));
    } catch (error) {
      const { code, detail } = asDomainError(error);
      if (code === 'unexpected') throw error;
      return { problem: detail };
    }
  }
}

/** What stands in the form, and what of it was refused. */
interface Drawn {
  values?: Readonly<Record<string, unknown>>;
  refusals?: { verify?: Refusal; reject?: Refusal };
}

const allAccepted = (lines: readonly ClaimLine[]) => ({
  lines: lines.map(({ id }) => ({ lineId: id, verdict: 'accepted' })),
});
