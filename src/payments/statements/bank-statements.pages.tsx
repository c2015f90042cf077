import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import { isUUID } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { organisationChoices } from '../../coalitions/organisation-choices.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { fieldError } from '../../platform/errors/domain-error.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { type Access, Where } from '../../platform/http/request.js';
import { fileOf } from '../../platform/http/uploads.js';
import { readPoolOfPage } from '../../pools/pool-view.js';
import { coalitionPath } from '../../web/navigation.js';
import { actorOf, Pages } from '../../web/pages.js';
import { readQuery } from '../../web/read-query.js';
import { GiveBackPayment } from './bank-statement.dto.js';
import { listStatements, readReconciliation } from './bank-statements.read.js';
import { uploadedBankFile } from './bank-file.js';
import { BankStatementsService } from './bank-statements.service.js';
import { listCsvMappings } from './csv/csv-mappings.read.js';
import { keepWaiting } from './csv/waiting-bank-files.js';
import { BankLineQuery } from './matching/bank-line.dto.js';
import { listLines } from './matching/bank-lines.read.js';
import { MatchingService } from './matching/matching.service.js';
import { outcomeInWords } from './outcome-in-words.js';
import { ReconciliationPage } from './reconciliation/reconciliation-page.js';
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
        suggestions: await this.matching.suggestions(tx, waiting.items),
        funders: await organisationChoices(tx, access.coalitionId),
        lines: await listLines(tx, poolId, query),
        statements: await listStatements(tx, poolId, { limit: 12 }),
        reconciliation: await readReconciliation(tx, poolId),
        mappings: (await listCsvMappings(tx, poolId, { limit: 100 })).items,
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
    const { how } = (reply.request.body ?? {}) as { how?: unknown };
    await this.pages.press(reply, {
      work: async (tx) => {
        const file = fileOf(reply.request.body);
        if (how === 'new') {
          await keepWaiting(tx, poolId, file);
          return {
            to: `/pools/${poolId}/csv-mappings/new`,
            say: `${file.name} is read. Nothing is imported yet.`,
          };
        }
        const mappingId = mappingOf(how);
        const outcome = await this.statements.importFile(tx, poolId, uploadedBankFile(file), mappingId);
        return { to: bank, say: outcomeInWords(outcome) };
      },
      done: (next) => next,
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
      again: ({ detail, errors }) => this.pages.refuse(reply, to, errors[0]?.message ?? detail),
    });
  }
}

/** What the form says of how a file is read: nothing and "camt053" are camt.053. @throws ruleBroken */
function mappingOf(how: unknown): string | undefined {
  if (how === undefined || how === '' || how === 'camt053') return undefined;
  if (isUUID(how)) return how as string;
  throw fieldError('ruleBroken', '/how', 'Say how the file is to be read.');
}
