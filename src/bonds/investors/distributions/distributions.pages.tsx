import { Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../../coalitions/coalition.js';
import { historyOf } from '../../../platform/audit/history.js';
import type { PersonActor } from '../../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../../platform/database/database.js';
import { asDomainError } from '../../../platform/errors/problem.js';
import { Allow, overseers } from '../../../platform/http/access.js';
import { refusals as refusalsOf } from '../../../platform/http/validation.js';
import { type FormBody, readForm } from '../../../web/forms/read-form.js';
import { moneyText } from '../../../web/format.js';
import { actorOf, Pages, type Refusal, signedInOf } from '../../../web/pages.js';
import { bondHeading } from '../../contracts/bond-frame.js';
import { readBond, signedTerms } from '../../contracts/bonds.read.js';
import { PayOutOfBond, WithdrawBondPayment } from '../advances/advance.dto.js';
import { AskDistribution, PreviewDistribution } from './distribution.dto.js';
import { workOut } from './distribution.rules.js';
import { DistributionFormPage, type TriedDistribution } from './distribution-form-page.js';
import type { RefusedPayment } from '../bond-payment-forms.js';
import { DistributionPage } from './distribution-page.js';
import { readDistribution, workingOf } from './distributions.read.js';
import { DistributionsService } from './distributions.service.js';
import { inputsOf } from './kept-working.js';

const shapeOf = (currency: string) => ({ amounts: { amount: currency } });

@Controller()
export class DistributionsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly distributions: DistributionsService,
  ) {}

  @Get('bonds/:bondId/distributions/new')
  @Allow('bond', 'finance', 'backbone')
  async blank(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    await this.drawForm(reply, bondId);
  }

  /** As one types: the same page, with what is in the form worked out. */
  @Post('bonds/:bondId/distributions/preview')
  @HttpCode(200)
  @Allow('bond', 'finance', 'backbone')
  async preview(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    const { currency } = await inSnapshot(this.db, actorOf(reply), (tx) => readBond(tx, bondId));
    const { values } = readForm((reply.request.body ?? {}) as FormBody, shapeOf(currency));
    await this.drawForm(reply, bondId, { values });
  }

  @Post('bonds/:bondId/distributions')
  @Allow('bond', 'finance', 'backbone')
  async ask(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    const { currency } = await inSnapshot(this.db, actorOf(reply), (tx) => readBond(tx, bondId));
    const { locale } = signedInOf(reply);
    await this.pages.submit(reply, {
      input: AskDistribution,
      shape: shapeOf(currency),
      money: true,
      work: async (tx, input) => {
        const { id, amount } = await this.distributions.ask(tx, bondId, input);
        return { id, money: moneyText(amount, currency, locale) };
      },
      done: ({ id, money }) => ({
        to: `/distributions/${id}`,
        say: `A distribution of ${money} is asked for. Others approve it.`,
      }),
      again: (refusal) => this.drawForm(reply, bondId, { values: refusal.values, refusal }),
    });
  }

  @Get('distributions/:distributionId')
  @Allow('distribution', ...overseers)
  async show(@Res() reply: FastifyReply, @Param('distributionId') id: string): Promise<void> {
    await this.draw(reply, id);
  }

  @Post('distributions/:distributionId/pay')
  @Allow('distribution', 'finance')
  async pay(@Res() reply: FastifyReply, @Param('distributionId') id: string): Promise<void> {
    await this.pages.submit(reply, {
      input: PayOutOfBond,
      money: true,
      work: async (tx, input) => (await this.distributions.pay(tx, id, input)).bankReference,
      done: (reference) => ({ to: `/distributions/${id}`, say: `It is recorded as paid by ${reference}.` }),
      again: (refusal) => this.draw(reply, id, { ...refusal, of: 'pay' }),
    });
  }

  @Post('distributions/:distributionId/withdraw')
  @Allow('distribution', 'finance', 'backbone')
  async withdraw(@Res() reply: FastifyReply, @Param('distributionId') id: string): Promise<void> {
    await this.pages.submit(reply, {
      input: WithdrawBondPayment,
      work: async (tx, { reason }) => (await this.distributions.withdraw(tx, id, reason)).id,
      done: () => ({ to: `/distributions/${id}`, say: 'The distribution is taken back.' }),
      again: (refusal) => this.draw(reply, id, { ...refusal, of: 'withdraw' }),
    });
  }

  private async drawForm(
    reply: FastifyReply,
    bondId: string,
    { values, refusal }: { values?: Readonly<Record<string, unknown>>; refusal?: Refusal } = {},
  ): Promise<void> {
    const actor = actorOf(reply);
    const view = await inSnapshot(this.db, actor, async (tx) => {
      const bond = await readBond(tx, bondId);
      const hasGuarantor =
        bond.signedVersion !== null && (await signedTerms(tx, bondId)).terms.guarantee !== null;
      return { bond, hasGuarantor, ...(await coalitionCalendar(tx, bond.coalitionId)) };
    });
    const chosen = values ?? { asOf: view.today, source: 'proceeds' };
    const tried = await this.tryOut(actor, bondId, chosen);
    await this.pages.show(reply, bondHeading(view.bond, 'Distribute'), (page) => (
      <DistributionFormPage page={page} view={{ ...view, tried }} values={chosen} refusal={refusal} />
    ));
  }

  /** What is in the form, worked out; while it cannot be, the sentence that says why. */
  private async tryOut(actor: PersonActor, bondId: string, values: object): Promise<TriedDistribution> {
    const { reason: _, ...asked } = values as Record<string, unknown>;
    const input = plainToInstance(PreviewDistribution, asked);
    const [wrong] = await refusalsOf(input);
    if (wrong) return { problem: wrong.message };
    try {
      return await inTransaction(this.db, actor, (tx) => this.distributions.preview(tx, bondId, input));
    } catch (error) {
      const { code, detail } = asDomainError(error);
      if (code === 'unexpected') throw error;
      return { problem: detail };
    }
  }

  private async draw(reply: FastifyReply, id: string, refused?: RefusedPayment): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const distribution = await readDistribution(tx, id);
      const inputs = inputsOf(await workingOf(tx, id));
      return {
        ...{ distribution, inputs, result: workOut(inputs) },
        bond: await readBond(tx, distribution.bondId),
        history: await historyOf(tx, { kind: 'distribution', id }),
        ...(await coalitionCalendar(tx, distribution.coalitionId)),
      };
    });
    await this.pages.show(reply, bondHeading(view.bond, 'Distribution'), (page) => (
      <DistributionPage page={page} view={view} refused={refused} />
    ));
  }
}
