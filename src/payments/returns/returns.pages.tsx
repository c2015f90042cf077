import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { type GrantRow, readGrant } from '../../grants/grants.read.js';
import { historyOf } from '../../platform/audit/history.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { Allow, members, overseers } from '../../platform/http/access.js';
import { ListQuery } from '../../platform/http/list.js';
import { type Access, Where } from '../../platform/http/request.js';
import { moneyText } from '../../web/format.js';
import { coalitionPath } from '../../web/navigation.js';
import { actorOf, Pages, type Refusal, signedInOf } from '../../web/pages.js';
import { readQuery } from '../../web/read-query.js';
import { RecordReturn, ReverseReturn } from './return.dto.js';
import { ReturnFormPage } from './return-form.js';
import { ReturnPage } from './return-page.js';
import { withThePartner } from './return.rules.js';
import { listReturns, paidShares, partsOfReturn, readGrantReturn } from './returns.read.js';
import { ReturnsPage } from './returns-page.js';
import { ReturnsService } from './returns.service.js';

@Controller()
export class ReturnsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly returns: ReturnsService,
  ) {}

  @Get('grants/:grantId/returns')
  @Allow('grant', ...members)
  async list(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('grantId') grantId: string,
  ): Promise<void> {
    const query = await readQuery(reply, ListQuery);
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      grant: await readGrant(tx, grantId),
      returns: await listReturns(tx, grantId, query),
      query,
      seesThePool: access.roles.some((role) => overseers.includes(role)),
      today: (await coalitionCalendar(tx, access.coalitionId)).today,
    }));
    const heading = headingOf(view.grant, 'Returns');
    await this.pages.show(reply, heading, (page) => <ReturnsPage page={page} view={view} />);
  }

  @Get('grants/:grantId/returns/new')
  @Allow('grant', 'finance')
  async form(@Res() reply: FastifyReply, @Param('grantId') grantId: string): Promise<void> {
    await this.drawForm(reply, grantId);
  }

  @Post('grants/:grantId/returns')
  @Allow('grant', 'finance')
  async record(@Res() reply: FastifyReply, @Param('grantId') grantId: string): Promise<void> {
    const { currency } = await inSnapshot(this.db, actorOf(reply), (tx) => readGrant(tx, grantId));
    const { locale } = signedInOf(reply);
    await this.pages.submit(reply, {
      input: RecordReturn,
      shape: { amounts: { amount: currency } },
      money: true,
      work: async (tx, input) => {
        const { id, amount } = await this.returns.record(tx, grantId, input);
        return { id, money: moneyText(amount, currency, locale) };
      },
      done: ({ id, money }) => ({
        to: `/grant-returns/${id}`,
        say: `${money} is back with those whose money it was.`,
      }),
      again: (refusal) => this.drawForm(reply, grantId, refusal),
    });
  }

  @Get('grant-returns/:grantReturnId')
  @Allow('grantReturn', ...overseers)
  async show(@Res() reply: FastifyReply, @Param('grantReturnId') grantReturnId: string): Promise<void> {
    await this.draw(reply, grantReturnId);
  }

  @Post('grant-returns/:grantReturnId/reverse')
  @Allow('grantReturn', 'finance')
  async reverse(@Res() reply: FastifyReply, @Param('grantReturnId') grantReturnId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: ReverseReturn,
      money: true,
      work: async (tx, input) => (await this.returns.reverse(tx, grantReturnId, input)).bankReference,
      done: (bankReference) => ({
        to: `/grant-returns/${grantReturnId}`,
        say: `Return ${bankReference} is reversed.`,
      }),
      again: (refusal) => this.draw(reply, grantReturnId, refusal),
    });
  }

  private async drawForm(reply: FastifyReply, grantId: string, refusal?: Refusal): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), (tx) => readFormView(tx, grantId));
    await this.pages.show(reply, headingOf(view.grant, 'Record a return'), (page) => (
      <ReturnFormPage page={page} view={view} refusal={refusal} />
    ));
  }

  private async draw(reply: FastifyReply, grantReturnId: string, refusal?: Refusal): Promise<void> {
    const { view, grant } = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const returned = await readGrantReturn(tx, grantReturnId);
      return {
        grant: await readGrant(tx, returned.grantId),
        view: {
          returned,
          parts: await partsOfReturn(tx, returned),
          history: await historyOf(tx, { kind: 'grantReturn', id: grantReturnId }),
          personId: tx.actor.personId,
          ...(await coalitionCalendar(tx, returned.coalitionId)),
        },
      };
    });
    await this.pages.show(reply, headingOf(grant, `Return ${view.returned.bankReference}`), (page) => (
      <ReturnPage page={page} view={view} refusal={refusal} />
    ));
  }
}

const headingOf = (grant: GrantRow, title: string) => ({
  title,
  section: 'grants' as const,
  crumbs: [
    { label: 'Grants', href: coalitionPath(grant.coalitionId, 'grants') },
    { label: grant.reference, href: `/grants/${grant.id}` },
    { label: title },
  ],
});

async function readFormView(tx: Tx, grantId: string) {
  const grant = await readGrant(tx, grantId);
  return {
    grant,
    withThePartner: withThePartner(await paidShares(tx, grantId)),
    today: (await coalitionCalendar(tx, grant.coalitionId)).today,
  };
}
