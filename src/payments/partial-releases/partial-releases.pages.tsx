import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { type InstalmentRow, readInstalment } from '../../grants/instalments.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow } from '../../platform/http/access.js';
import { poolPosition } from '../../pools/pool-position.js';
import { moneyText } from '../../web/format.js';
import { coalitionPath } from '../../web/navigation.js';
import { actorOf, Pages, type Refusal, signedInOf } from '../../web/pages.js';
import { ReleasePart } from './partial-release.dto.js';
import { PartialReleasePage } from './partial-release-page.js';
import { PartialReleasesService } from './partial-releases.service.js';

@Controller()
export class PartialReleasesPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly releases: PartialReleasesService,
  ) {}

  @Get('instalments/:instalmentId/release-part')
  @Allow('instalment', 'finance', 'backbone')
  async form(@Res() reply: FastifyReply, @Param('instalmentId') instalmentId: string): Promise<void> {
    await this.draw(reply, instalmentId);
  }

  @Post('instalments/:instalmentId/release-part')
  @Allow('instalment', 'finance', 'backbone')
  async release(@Res() reply: FastifyReply, @Param('instalmentId') instalmentId: string): Promise<void> {
    const { currency } = await this.read(reply, instalmentId);
    const { locale } = signedInOf(reply);
    await this.pages.submit(reply, {
      input: ReleasePart,
      shape: { amounts: { amount: currency } },
      money: true,
      work: async (tx, input) => {
        const { approvalId, amount } = await this.releases.release(tx, instalmentId, input);
        return { approvalId, money: moneyText(amount, currency, locale) };
      },
      done: ({ approvalId, money }) => ({
        to: `/approvals/${approvalId}`,
        say: `The release of ${money} is asked for; the rest stays planned.`,
      }),
      again: (refusal) => this.draw(reply, instalmentId, refusal),
    });
  }

  private read(reply: FastifyReply, instalmentId: string): Promise<InstalmentRow> {
    return inSnapshot(this.db, actorOf(reply), (tx) => readInstalment(tx, instalmentId));
  }

  private async draw(reply: FastifyReply, instalmentId: string, refusal?: Refusal): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const instalment = await readInstalment(tx, instalmentId);
      return {
        instalment,
        position: await poolPosition(tx, instalment.poolId),
        ...(await coalitionCalendar(tx, instalment.coalitionId)),
      };
    });
    const { coalitionId } = view.instalment;
    const crumbs = [
      { label: 'Payments', href: coalitionPath(coalitionId, 'payments') },
      { label: 'Release a part' },
    ];
    await this.pages.show(reply, { title: 'Release a part', section: 'payments', crumbs }, (page) => (
      <PartialReleasePage page={page} view={view} refusal={refusal} />
    ));
  }
}
