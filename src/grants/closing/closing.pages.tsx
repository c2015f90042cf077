import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { Allow } from '../../platform/http/access.js';
import { coalitionPath } from '../../web/navigation.js';
import { actorOf, Pages, type Refusal } from '../../web/pages.js';
import { readTerms } from '../amendments/amendments.read.js';
import { readGrant } from '../grants.read.js';
import { CloseGrant, CloseGrantMoney } from './closing.dto.js';
import { CloseMoneyPage, CloseWorkPage, type ClosingFormView } from './closing-forms.js';
import { ClosingService } from './closing.service.js';
import { lastReport } from './closings.read.js';

const forms = {
  work: { title: 'Close it', Page: CloseWorkPage },
  money: { title: 'Close its money', Page: CloseMoneyPage },
} as const;

@Controller('grants/:grantId')
export class ClosingPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly closing: ClosingService,
  ) {}

  @Get('close')
  @Allow('grant', 'backbone', 'finance')
  async workForm(@Res() reply: FastifyReply, @Param('grantId') grantId: string): Promise<void> {
    await this.draw(reply, grantId, 'work');
  }

  @Post('close')
  @Allow('grant', 'backbone', 'finance')
  async closeWork(@Res() reply: FastifyReply, @Param('grantId') grantId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: CloseGrant,
      money: true,
      work: async (tx, input) => (await this.closing.closeWork(tx, grantId, input)).state,
      done: (state) => ({
        to: `/grants/${grantId}`,
        say:
          state === 'done'
            ? 'The grant is closing: its money is closed next.'
            : 'It is asked for: others must agree before anything changes.',
      }),
      again: (refusal) => this.draw(reply, grantId, 'work', refusal),
    });
  }

  @Get('close-money')
  @Allow('grant', 'backbone', 'finance')
  async moneyForm(@Res() reply: FastifyReply, @Param('grantId') grantId: string): Promise<void> {
    await this.draw(reply, grantId, 'money');
  }

  @Post('close-money')
  @Allow('grant', 'backbone', 'finance')
  async closeMoney(@Res() reply: FastifyReply, @Param('grantId') grantId: string): Promise<void> {
    const { currency } = await inSnapshot(this.db, actorOf(reply), (tx) => readGrant(tx, grantId));
    await this.pages.submit(reply, {
      input: CloseGrantMoney,
      shape: { amounts: { carriedOver: currency } },
      money: true,
      work: async (tx, input) => (await this.closing.closeMoney(tx, grantId, input)).state,
      done: (state) => ({
        to: `/grants/${grantId}`,
        say:
          state === 'done'
            ? 'The grant is closed.'
            : 'It is asked for: others must agree before anything changes.',
      }),
      again: (refusal) => this.draw(reply, grantId, 'money', refusal),
    });
  }

  private async draw(
    reply: FastifyReply,
    grantId: string,
    form: keyof typeof forms,
    refusal?: Refusal,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), (tx) => readFormView(tx, grantId));
    const { title, Page } = forms[form];
    const crumbs = [
      { label: 'Grants', href: coalitionPath(view.grant.coalitionId, 'grants') },
      { label: view.grant.reference, href: `/grants/${grantId}` },
      { label: title },
    ];
    await this.pages.show(reply, { title, section: 'grants', crumbs }, (page) => (
      <Page page={page} view={view} refusal={refusal} />
    ));
  }
}

async function readFormView(tx: Tx, grantId: string): Promise<ClosingFormView> {
  const grant = await readGrant(tx, grantId);
  return {
    grant,
    slices: [...(await readTerms(tx, grant)).lines],
    lastReport: await lastReport(tx, grantId),
    today: (await coalitionCalendar(tx, grant.coalitionId)).today,
  };
}
