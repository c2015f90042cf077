import { Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../../coalitions/coalition.js';
import { type Day, isDay } from '../../../maths/day.js';
import { sum } from '../../../maths/money.js';
import type { PersonActor } from '../../../platform/database/actor.js';
import { Database, inSnapshot } from '../../../platform/database/database.js';
import { asDomainError } from '../../../platform/errors/problem.js';
import { Allow } from '../../../platform/http/access.js';
import { type FormBody, readForm } from '../../../web/forms/read-form.js';
import { moneyText, plural } from '../../../web/format.js';
import { actorOf, Pages, type Refusal, signedInOf } from '../../../web/pages.js';
import { bondHeading } from '../../contracts/bond-frame.js';
import { readBond } from '../../contracts/bonds.read.js';
import { CallTwoSided } from './drawdown.dto.js';
import { requireTwoSided, TwoSidedService } from './two-sided.service.js';
import { type TriedTwoSided, TwoSidedFormPage } from './two-sided-form-page.js';

@Controller()
export class TwoSidedPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly twoSided: TwoSidedService,
  ) {}

  @Get('bonds/:bondId/two-sided-calls/new')
  @Allow('bond', 'finance')
  async blank(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    await this.drawForm(reply, bondId);
  }

  /** As one types: the same page, with what outcomes mean by the day in the form. */
  @Post('bonds/:bondId/two-sided-calls/preview')
  @HttpCode(200)
  @Allow('bond', 'finance')
  async preview(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    const { values } = readForm((reply.request.body ?? {}) as FormBody, {});
    await this.drawForm(reply, bondId, { values });
  }

  @Post('bonds/:bondId/two-sided-calls')
  @Allow('bond', 'finance')
  async call(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    const { currency } = await inSnapshot(this.db, actorOf(reply), (tx) => readBond(tx, bondId));
    const { locale } = signedInOf(reply);
    await this.pages.submit(reply, {
      input: CallTwoSided,
      money: true,
      work: async (tx, input) => {
        const calls = await this.twoSided.call(tx, bondId, input);
        const money = moneyText(sum(calls.map(({ amount }) => amount)), currency, locale);
        return { money, count: calls.length };
      },
      done: ({ money, count }) => ({
        to: `/bonds/${bondId}/investors`,
        say: `${money} is called from ${plural(count, 'investor')} for poor outcomes.`,
      }),
      again: (refusal) => this.drawForm(reply, bondId, { values: refusal.values, refusal }),
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
      return { bond, ...(await coalitionCalendar(tx, bond.coalitionId)) };
    });
    const chosen = values ?? { asOf: view.today };
    const tried = await this.tryOut(actor, bondId, chosen['asOf']);
    await this.pages.show(reply, bondHeading(view.bond, 'Call for poor outcomes'), (page) => (
      <TwoSidedFormPage page={page} view={{ ...view, tried }} values={chosen} refusal={refusal} />
    ));
  }

  /** What outcomes mean by a day; where nobody can say, the sentence that tells why. */
  private async tryOut(actor: PersonActor, bondId: string, asOf: unknown): Promise<TriedTwoSided> {
    if (typeof asOf !== 'string' || !isDay(asOf))
      return { problem: 'Say by which day outcomes are to count.' };
    const day: Day = asOf;
    try {
      return await inSnapshot(this.db, actor, async (tx) =>
        requireTwoSided(tx, await readBond(tx, bondId), day),
      );
    } catch (error) {
      const { code, detail } = asDomainError(error);
      if (code === 'unexpected') throw error;
      return { problem: detail };
    }
  }
}
