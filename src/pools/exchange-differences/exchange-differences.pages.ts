import { Controller, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Allow } from '../../platform/http/access.js';
import { Pages } from '../../web/pages.js';
import { ExchangeDifferencesService } from './exchange-differences.service.js';

@Controller()
export class ExchangeDifferencesPages {
  constructor(
    private readonly pages: Pages,
    private readonly differences: ExchangeDifferencesService,
  ) {}

  @Post('pools/:poolId/exchange-differences/share')
  @Allow('pool', 'finance')
  async share(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    await this.pages.press(reply, {
      money: true,
      work: (tx) => this.differences.share(tx, poolId),
      done: (entryId) => ({ to: `/entries/${entryId}`, say: 'The exchange difference is shared.' }),
      back: `/pools/${poolId}/bank-charges`,
    });
  }
}
