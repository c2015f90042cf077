import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { historyOf } from '../../../platform/audit/history.js';
import { Database, inSnapshot } from '../../../platform/database/database.js';
import { Allow, overseers } from '../../../platform/http/access.js';
import { readPoolOfPage } from '../../../pools/pool-view.js';
import { plural } from '../../../web/format.js';
import { coalitionPath } from '../../../web/navigation.js';
import { actorOf, Pages, type Refusal } from '../../../web/pages.js';
import { recordedAs } from '../fingerprints.js';
import { LinePage } from '../reconciliation/line-page.js';
import { ChosenParts, pointerOfForm, toSplitPart } from '../reconciliation/part-choice.js';
import { MatchLine, PostContribution, SetLineAside } from './bank-line.dto.js';
import { readLine } from './bank-lines.read.js';
import { MatchingService } from './matching.service.js';

@Controller()
export class BankLinesPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly matching: MatchingService,
  ) {}

  @Get('bank-lines/:bankLineId')
  @Allow('bankLine', ...overseers)
  async show(@Res() reply: FastifyReply, @Param('bankLineId') lineId: string): Promise<void> {
    await this.draw(reply, lineId);
  }

  @Post('bank-lines/:bankLineId/match')
  @Allow('bankLine', 'finance')
  async match(@Res() reply: FastifyReply, @Param('bankLineId') lineId: string): Promise<void> {
    const bank = await this.bankOf(reply, lineId);
    await this.pages.submit(reply, {
      input: MatchLine,
      money: true,
      work: async (tx, input) => recordedAs(await this.matching.match(tx, lineId, input)),
      done: (reference) => ({ to: bank, say: `Line ${reference} is matched.` }),
      again: ({ detail, errors }) => this.pages.refuse(reply, bank, errors[0]?.message ?? detail),
    });
  }

  @Post('bank-lines/:bankLineId/split')
  @Allow('bankLine', 'finance')
  async split(@Res() reply: FastifyReply, @Param('bankLineId') lineId: string): Promise<void> {
    const { poolId, currency } = await inSnapshot(this.db, actorOf(reply), (tx) => readLine(tx, lineId));
    await this.pages.submit(reply, {
      input: ChosenParts,
      shape: { amounts: { 'parts[].amount': currency } },
      money: true,
      work: async (tx, { parts }) => {
        const line = await this.matching.split(tx, lineId, { parts: parts.map(toSplitPart) });
        return { reference: recordedAs(line), count: parts.length };
      },
      done: ({ reference, count }) => ({
        to: `/pools/${poolId}/bank`,
        say: `Line ${reference} is matched${count > 1 ? `, in ${plural(count, 'part')}` : ''}.`,
      }),
      again: ({ errors, ...refusal }) =>
        this.draw(reply, lineId, {
          ...refusal,
          errors: errors.map((error) => ({ ...error, pointer: pointerOfForm(error.pointer) })),
        }),
    });
  }

  @Post('bank-lines/:bankLineId/contribution')
  @Allow('bankLine', 'finance')
  async postContribution(@Res() reply: FastifyReply, @Param('bankLineId') lineId: string): Promise<void> {
    const bank = await this.bankOf(reply, lineId);
    await this.pages.submit(reply, {
      input: PostContribution,
      money: true,
      work: async (tx, input) => recordedAs(await this.matching.postContribution(tx, lineId, input)),
      done: (reference) => ({ to: bank, say: `Line ${reference} is recorded as a contribution.` }),
      again: ({ detail, errors }) => this.pages.refuse(reply, bank, errors[0]?.message ?? detail),
    });
  }

  @Post('bank-lines/:bankLineId/charge')
  @Allow('bankLine', 'finance')
  async postCharge(@Res() reply: FastifyReply, @Param('bankLineId') lineId: string): Promise<void> {
    const bank = await this.bankOf(reply, lineId);
    await this.pages.press(reply, {
      money: true,
      work: async (tx) => recordedAs(await this.matching.postCharge(tx, lineId, {})),
      done: (reference) => ({ to: bank, say: `Line ${reference} is recorded as a bank charge.` }),
      back: bank,
    });
  }

  @Post('bank-lines/:bankLineId/set-aside')
  @Allow('bankLine', 'finance')
  async setAside(@Res() reply: FastifyReply, @Param('bankLineId') lineId: string): Promise<void> {
    const bank = await this.bankOf(reply, lineId);
    await this.pages.submit(reply, {
      input: SetLineAside,
      work: (tx, { reason }) => this.matching.setAside(tx, lineId, reason),
      done: (line) => ({ to: bank, say: `Line ${recordedAs(line)} is set aside.` }),
      again: ({ detail, errors }) => this.pages.refuse(reply, bank, errors[0]?.message ?? detail),
    });
  }

  @Post('bank-lines/:bankLineId/reopen')
  @Allow('bankLine', 'finance')
  async reopen(@Res() reply: FastifyReply, @Param('bankLineId') lineId: string): Promise<void> {
    const bank = await this.bankOf(reply, lineId);
    await this.pages.press(reply, {
      work: (tx) => this.matching.reopen(tx, lineId),
      done: (line) => ({ to: bank, say: `Line ${recordedAs(line)} waits again.` }),
      back: bank,
    });
  }

  private async bankOf(reply: FastifyReply, lineId: string): Promise<string> {
    const { poolId } = await inSnapshot(this.db, actorOf(reply), (tx) => readLine(tx, lineId));
    return `/pools/${poolId}/bank`;
  }

  private async draw(reply: FastifyReply, lineId: string, refusal?: Refusal): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const line = await readLine(tx, lineId);
      const waits = line.state === 'unmatched';
      return {
        pool: await readPoolOfPage(tx, line.poolId),
        line,
        suggestions: waits ? ((await this.matching.suggestions(tx, [line])).get(lineId) ?? []) : [],
        newChoices: waits ? await this.matching.newChoices(tx, line.poolId) : [],
        stands: this.matching.whyItStands(line),
        history: await historyOf(tx, { kind: 'bankLine', id: lineId }),
      };
    });
    const { pool } = view;
    const crumbs = [
      { label: 'Payments', href: coalitionPath(pool.coalitionId, 'payments') },
      { label: `Bank of ${pool.name}`, href: `/pools/${pool.id}/bank` },
      { label: 'A line' },
    ];
    await this.pages.show(reply, { title: 'A line of the bank', section: 'payments', crumbs }, (page) => (
      <LinePage page={page} view={view} refusal={refusal} />
    ));
  }
}
