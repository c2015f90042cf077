import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow } from '../../platform/http/access.js';
import { moneyText } from '../../web/format.js';
import { actorOf, Pages, type Refusal, signedInOf } from '../../web/pages.js';
import { RejectClaim, VerifyClaim } from './claim.dto.js';
import { readClaimView } from './claim-view.js';
import { claimTitle } from './claim-words.js';
import { claimHeading } from './claims.pages.js';
import { VerificationPage } from './verification-page.js';
import { VerificationService } from './verification.service.js';

@Controller()
export class VerificationPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly verification: VerificationService,
  ) {}

  @Get('claims/:claimId/verification')
  @Allow('claim', 'verifier')
  async form(@Res() reply: FastifyReply, @Param('claimId') claimId: string): Promise<void> {
    await this.draw(reply, claimId);
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
      again: (refusal) => this.draw(reply, claimId, { verify: refusal }),
    });
  }

  @Post('claims/:claimId/reject')
  @Allow('claim', 'verifier')
  async reject(@Res() reply: FastifyReply, @Param('claimId') claimId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: RejectClaim,
      work: (tx, input) => this.verification.reject(tx, claimId, input),
      done: (claim) => ({ to: `/claims/${claimId}`, say: `${claimTitle(claim)} is rejected.` }),
      again: (refusal) => this.draw(reply, claimId, { reject: refusal }),
    });
  }

  private async draw(
    reply: FastifyReply,
    claimId: string,
    refusals: { verify?: Refusal; reject?: Refusal } = {},
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), (tx) => readClaimView(tx, claimId));
    await this.pages.show(
      reply,
      claimHeading(view.bond, `Verify ${claimTitle(view.claim).toLowerCase()}`),
      (page) => <VerificationPage page={page} view={view} refusals={refusals} />,
    );
  }
}
