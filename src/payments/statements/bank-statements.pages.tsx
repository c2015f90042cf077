import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { organisationChoices } from '../../coalitions/organisation-choices.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { type Access, Where } from '../../platform/http/request.js';
import { fileOf } from '../../platform/http/uploads.js';
import { readPoolOfPage } from '../../pools/pool-view.js';
import { plural } from '../../web/format.js';
import { coalitionPath } from '../../web/navigation.js';
import { actorOf, Pages } from '../../web/pages.js';
import { readQuery } from '../../web/read-query.js';
import {
  BankLineQuery,
  GiveBackPayment,
  MatchLine,
  PostContribution,
  SetLineAside,
} from './bank-statement.dto.js';
import {
  candidatesOf,
  listLines,
  listStatements,
  readLine,
  readReconciliation,
} from './bank-statements.read.js';
import { BankStatementsService, type ImportOutcome } from './bank-statements.service.js';
import { MatchingService } from './matching.service.js';
import { ReconciliationPage } from './reconciliation-page.js';
import { ReturnedPaymentsService } from '../returned-payments.service.js';

@Controller()
export class BankStatementsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly statements: BankStatementsService,
    private readonly matching: MatchingService,
    private readonly returned: ReturnedPaymentsService,
  ) {}

  @Get('coalitions/:coalitionId/payments/bank')
  @Allow('coalition', ...overseers)
  async oldest(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    const pool = await inSnapshot(this.db, actorOf(reply), (tx) =>
      tx.row<{ id: string }>(`SELECT id FROM pools WHERE coalition_id = $1 ORDER BY created_at, id LIMIT 1`, [
        coalitionId,
      ]),
    );
    await reply.redirect(pool ? `/pools/${pool.id}/bank` : coalitionPath(coalitionId, 'pool'), 303);
  }

  @Get('pools/:poolId/bank')
  @Allow('pool', ...overseers)
  async show(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('poolId') poolId: string,
  ): Promise<void> {
    const query = await readQuery(reply, BankLineQuery);
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const waiting = await listLines(tx, poolId, { state: 'unmatched', sort: 'bookedOn', limit: 50 });
      return {
        pool: await readPoolOfPage(tx, poolId),
        query,
        waiting,
        candidates: await candidatesOf(tx, waiting.items),
        funders: await organisationChoices(tx, access.coalitionId),
        lines: await listLines(tx, poolId, query),
        statements: await listStatements(tx, poolId, { limit: 12 }),
        reconciliation: await readReconciliation(tx, poolId),
      };
    });
    const crumbs = [
      { label: 'Payments', href: coalitionPath(access.coalitionId, 'payments') },
      { label: `Bank of ${view.pool.name}` },
    ];
    await this.pages.show(reply, { title: 'Bank', section: 'payments', crumbs }, (page) => (
      <ReconciliationPage page={page} view={view} />
    ));
  }

  @Post('pools/:poolId/bank-statements')
  @Allow('pool', 'finance')
  async import(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    const bank = `/pools/${poolId}/bank`;
    await this.pages.press(reply, {
      work: (tx) => this.statements.importFile(tx, poolId, fileOf(reply.request.body)),
      done: (outcome) => ({ to: bank, say: inWords(outcome) }),
      back: bank,
    });
  }

  @Post('bank-lines/:bankLineId/match')
  @Allow('bankLine', 'finance')
  async match(@Res() reply: FastifyReply, @Param('bankLineId') lineId: string): Promise<void> {
    const bank = await this.bankOf(reply, lineId);
    await this.pages.submit(reply, {
      input: MatchLine,
      money: true,
      work: async (tx, input) => {
        const { reference } = await this.matching.match(tx, lineId, input);
        return { reference };
      },
      done: ({ reference }) => ({ to: bank, say: `Line ${reference} is matched.` }),
      again: ({ detail, errors }) => this.sayNo(reply, bank, errors[0]?.message ?? detail),
    });
  }

  @Post('bank-lines/:bankLineId/contribution')
  @Allow('bankLine', 'finance')
  async postContribution(@Res() reply: FastifyReply, @Param('bankLineId') lineId: string): Promise<void> {
    const bank = await this.bankOf(reply, lineId);
    await this.pages.submit(reply, {
      input: PostContribution,
      money: true,
      work: async (tx, input) => (await this.matching.postContribution(tx, lineId, input)).reference,
      done: (reference) => ({ to: bank, say: `Line ${reference} is recorded as a contribution.` }),
      again: ({ detail, errors }) => this.sayNo(reply, bank, errors[0]?.message ?? detail),
    });
  }

  @Post('bank-lines/:bankLineId/charge')
  @Allow('bankLine', 'finance')
  async postCharge(@Res() reply: FastifyReply, @Param('bankLineId') lineId: string): Promise<void> {
    const bank = await this.bankOf(reply, lineId);
    await this.pages.press(reply, {
      money: true,
      work: async (tx) => (await this.matching.postCharge(tx, lineId, {})).reference,
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
      done: ({ reference }) => ({ to: bank, say: `Line ${reference} is set aside.` }),
      again: ({ detail, errors }) => this.sayNo(reply, bank, errors[0]?.message ?? detail),
    });
  }

  @Post('bank-lines/:bankLineId/reopen')
  @Allow('bankLine', 'finance')
  async reopen(@Res() reply: FastifyReply, @Param('bankLineId') lineId: string): Promise<void> {
    const bank = await this.bankOf(reply, lineId);
    await this.pages.press(reply, {
      work: (tx) => this.matching.reopen(tx, lineId),
      done: ({ reference }) => ({ to: bank, say: `Line ${reference} waits again.` }),
      back: bank,
    });
  }

  @Post('disbursements/:disbursementId/return')
  @Allow('disbursement', 'finance')
  async giveBack(@Res() reply: FastifyReply, @Param('disbursementId') id: string): Promise<void> {
    const to = `/disbursements/${id}`;
    await this.pages.submit(reply, {
      input: GiveBackPayment,
      money: true,
      work: async (tx, input) => {
        const { payee } = await this.returned.giveBack(tx, id, input);
        return { payee };
      },
      done: ({ payee }) => ({ to, say: `The payment to ${payee} came back. Its instalment is due again.` }),
      again: ({ detail, errors }) => this.sayNo(reply, to, errors[0]?.message ?? detail),
    });
  }

  private async bankOf(reply: FastifyReply, lineId: string): Promise<string> {
    const { poolId } = await inSnapshot(this.db, actorOf(reply), (tx) => readLine(tx, lineId));
    return `/pools/${poolId}/bank`;
  }

  /** The forms here have one field each: what was wrong with it is said above the list they stand in. */
  private async sayNo(reply: FastifyReply, to: string, text: string): Promise<void> {
    await this.pages.refuse(reply, to, text);
  }
}

function inWords({ added, known, matched, waiting, warnings }: ImportOutcome): string {
  const said = [
    `${plural(added, 'line')} added`,
    ...(known > 0 ? [`${known} known already`] : []),
    `${matched} matched`,
    `${waiting} waiting`,
  ];
  return [`${said.join(', ')}.`, ...warnings].join(' ');
}
