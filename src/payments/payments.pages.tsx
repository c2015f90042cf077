import { Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../coalitions/coalition.js';
import { partnersOf } from '../grants/grants.read.js';
import { isCurrency } from '../maths/money.js';
import { historyOf } from '../platform/audit/history.js';
import { Database, inSnapshot } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { Allow, overseers } from '../platform/http/access.js';
import { type Access, Where } from '../platform/http/request.js';
import { writeFlash } from '../web/flash.js';
import { coalitionPath } from '../web/navigation.js';
import { readQuery } from '../web/read-query.js';
import type { Heading } from '../web/pages.js';
import { actorOf, Pages, type Refusal, signedInOf } from '../web/pages.js';
import { AllPaymentsPage } from './all-payments-page.js';
import { paymentsText } from './amounts.js';
import { ApprovalsService } from '../pools/approvals/approvals.service.js';
import {
  ChosenInstalments,
  DisbursementQuery,
  ReleaseInstalments,
  SettleDisbursement,
} from './disbursement.dto.js';
import { DisbursementPage } from './disbursement-page.js';
import {
  type Disbursement,
  type FunderPart,
  listDisbursements,
  partsOf,
  readDisbursement,
} from './disbursements.read.js';
import { DisbursementsService } from './disbursements.service.js';
import { readDueInstalments, readUnderWay, runPools, stageTotals } from './payment-run.js';
import { PaymentRunPage } from './payment-run-page.js';
import { ReleasePage } from './release-page.js';
import { SettlePage } from './settle-page.js';
import { whoseMoneyNow } from './whose-money.js';

const heading = (coalitionId: string, title: string): Heading => ({
  title,
  section: 'payments',
  crumbs: [{ label: 'Payments', href: coalitionPath(coalitionId, 'payments') }, { label: title }],
});

const paymentsHeading: Heading = { title: 'Payments', section: 'payments', crumbs: [{ label: 'Payments' }] };

@Controller()
export class PaymentsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly disbursements: DisbursementsService,
    private readonly approvals: ApprovalsService,
  ) {}

  @Get('coalitions/:coalitionId/payments')
  @Allow('coalition', ...overseers)
  async run(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      coalitionId,
      pools: await runPools(tx, coalitionId),
      underWay: await readUnderWay(tx, coalitionId),
      totals: await stageTotals(tx, coalitionId),
      settled: (await listDisbursements(tx, coalitionId, { state: 'settled', limit: 10 })).items,
      today: (await coalitionCalendar(tx, coalitionId)).today,
    }));
    await this.pages.show(reply, paymentsHeading, (page) => <PaymentRunPage page={page} view={view} />);
  }

  @Get('coalitions/:coalitionId/payments/all')
  @Allow('coalition', ...overseers)
  async all(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    const query = await readQuery(reply, DisbursementQuery);
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      coalitionId,
      query,
      payments: await listDisbursements(tx, coalitionId, query),
      payees: await partnersOf(tx, { coalitionId, organisationIds: null }),
      today: (await coalitionCalendar(tx, coalitionId)).today,
    }));
    await this.pages.show(reply, heading(coalitionId, 'All payments'), (page) => (
      <AllPaymentsPage page={page} view={view} />
    ));
  }

  @Get('coalitions/:coalitionId/payments/release')
  @Allow('coalition', 'finance', 'backbone')
  async chosen(
    @Res() reply: FastifyReply,
    @Param('coalitionId') coalitionId: string,
    @Query() { instalmentIds }: ChosenInstalments,
  ): Promise<void> {
    await this.drawRelease(reply, coalitionId, instalmentIds);
  }

  @Post('coalitions/:coalitionId/payments/release')
  @Allow('coalition', 'finance', 'backbone')
  async release(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    const { locale } = signedInOf(reply);
    await this.pages.submit(reply, {
      input: ReleaseInstalments,
      money: true,
      work: async (tx, { instalmentIds }) =>
        paymentsText(await this.disbursements.releaseAll(tx, coalitionId, instalmentIds), locale),
      done: (asked) => ({
        to: coalitionPath(coalitionId, 'payments'),
        say: `Asked for: ${asked}. Others approve now.`,
      }),
      again: (refusal) => {
        const { instalmentIds } = refusal.values;
        const chosen = Array.isArray(instalmentIds) ? instalmentIds.map(String) : [];
        return this.drawRelease(reply, coalitionId, chosen, refusal);
      },
    });
  }

  @Get('disbursements/:disbursementId')
  @Allow('disbursement', ...overseers)
  async show(
    @Res() reply: FastifyReply,
    @Where() { coalitionId }: Access,
    @Param('disbursementId') id: string,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const payment = await readDisbursement(tx, id);
      return {
        payment,
        approval: await this.approvals.get(tx, payment.approvalId),
        parts: await whoseMoney(tx, payment),
        history: await historyOf(tx, { kind: 'disbursement', id }),
        ...(await coalitionCalendar(tx, coalitionId)),
      };
    });
    const { grantReference, instalmentNumber } = view.payment;
    await this.pages.show(
      reply,
      heading(coalitionId, `${grantReference}, instalment ${instalmentNumber}`),
      (page) => <DisbursementPage page={page} view={view} />,
    );
  }

  @Get('disbursements/:disbursementId/settle')
  @Allow('disbursement', 'finance')
  async settleForm(
    @Res() reply: FastifyReply,
    @Where() { coalitionId }: Access,
    @Param('disbursementId') id: string,
  ): Promise<void> {
    await this.drawSettle(reply, coalitionId, id);
  }

  @Post('disbursements/:disbursementId/settle')
  @Allow('disbursement', 'finance')
  async settle(
    @Res() reply: FastifyReply,
    @Where() { coalitionId }: Access,
    @Param('disbursementId') id: string,
  ): Promise<void> {
    const { currency } = await inSnapshot(this.db, actorOf(reply), (tx) => readDisbursement(tx, id));
    await this.pages.submit(reply, {
      input: SettleDisbursement,
      shape: {
        amounts: ({ paidCurrency }) => ({
          chargedAmount: currency,
          ...(typeof paidCurrency === 'string' && isCurrency(paidCurrency)
            ? { paidAmount: paidCurrency }
            : {}),
        }),
      },
      money: true,
      work: async (tx, input) => {
        await this.disbursements.settle(tx, id, input);
        return input.bankReference;
      },
      done: (bankReference) => ({
        to: `/disbursements/${id}`,
        say: `Payment ${bankReference} is recorded, and whose money it was.`,
      }),
      again: (refusal) => this.drawSettle(reply, coalitionId, id, refusal),
    });
  }

  private async drawRelease(
    reply: FastifyReply,
    coalitionId: string,
    ids: string[],
    refusal?: Refusal,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const chosen = await readDueInstalments(tx, coalitionId, ids);
      return {
        coalitionId,
        chosen,
        gone: new Set(ids).size - chosen.length,
        pools: await runPools(tx, coalitionId),
        today: (await coalitionCalendar(tx, coalitionId)).today,
      };
    });
    if (view.chosen.length === 0) {
      const text = refusal?.detail ?? 'Choose at least one instalment that is due.';
      writeFlash(reply, { kind: 'problem', text });
      return void (await reply.redirect(coalitionPath(coalitionId, 'payments'), 303));
    }
    await this.pages.show(reply, heading(coalitionId, 'Ask to release'), (page) => (
      <ReleasePage page={page} view={view} refusal={refusal} />
    ));
  }

  private async drawSettle(
    reply: FastifyReply,
    coalitionId: string,
    id: string,
    refusal?: Refusal,
  ): Promise<void> {
    const { payment, parts, today } = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const payment = await readDisbursement(tx, id);
      const { today } = await coalitionCalendar(tx, coalitionId);
      return { payment, parts: await whoseMoneyNow(tx, payment), today };
    });
    if (payment.state !== 'approved' && !refusal) {
      writeFlash(reply, {
        kind: 'notice',
        text: 'Only an approved payment that is not paid yet can be recorded.',
      });
      return void (await reply.redirect(`/disbursements/${id}`, 303));
    }
    await this.pages.show(reply, heading(coalitionId, 'Record the payment'), (page) => (
      <SettlePage page={page} payment={payment} parts={parts} today={today} refusal={refusal} />
    ));
  }
}

/** Whose money paid it, by its postings; whose would pay it, as long as the bank has not; nobody's when it was stopped. */
async function whoseMoney(tx: Tx, payment: Disbursement): Promise<FunderPart[]> {
  if (payment.entryId !== null) return partsOf(tx, payment.id);
  return payment.state === 'rejected' ? [] : whoseMoneyNow(tx, payment);
}
