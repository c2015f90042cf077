import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { actorOf, Pages, type Refusal } from '../../web/pages.js';
import { bondHeading } from '../contracts/bond-frame.js';
import { partiesOf, readBond, signedTerms } from '../contracts/bonds.read.js';
import { AskSuspension } from '../suspensions/suspension.dto.js';
import { suspensionsOf, substitutesOf } from '../suspensions/suspensions.read.js';
import { SuspensionsService } from '../suspensions/suspensions.service.js';
import { PlanForm } from './plan-form.dto.js';
import { PlanPage, type PlanPageView } from './plan-page.js';
import { linesOfPlan, plannedAndActual, plansOf } from './plans.read.js';
import { PlansService } from './plans.service.js';

/** Which of the two forms of the page was refused. */
type RefusedForm = { form: 'plan' | 'suspension'; refusal: Refusal };

@Controller()
export class PlansPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly plans: PlansService,
    private readonly suspensions: SuspensionsService,
  ) {}

  @Get('bonds/:bondId/plan')
  @Allow('bond', ...overseers, 'partner')
  async show(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    await this.draw(reply, bondId);
  }

  @Post('bonds/:bondId/plans')
  @Allow('bond', 'backbone', 'finance')
  async make(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    const { terms } = await inSnapshot(this.db, actorOf(reply), (tx) => signedTerms(tx, bondId));
    const isByValue = (metric: string) => {
      const kind = terms.rateCard.find((line) => line.metric === metric)?.kind;
      return kind === 'band' || kind === 'threshold' || kind === 'improvement';
    };
    await this.pages.submit(reply, {
      input: PlanForm,
      work: (tx, { reason, lines }) =>
        this.plans.make(tx, bondId, {
          reason,
          lines: lines.map(({ period, metric, expected }) =>
            isByValue(metric) ? { period, metric, value: expected } : { period, metric, quantity: expected },
          ),
        }),
      done: ({ number }) => ({ to: `/bonds/${bondId}/plan`, say: `Plan ${number} holds from now on.` }),
      again: (refusal) => this.draw(reply, bondId, { form: 'plan', refusal }),
    });
  }

  @Post('bonds/:bondId/suspensions')
  @Allow('bond', 'backbone', 'finance')
  async suspend(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    const { currency } = await inSnapshot(this.db, actorOf(reply), (tx) => readBond(tx, bondId));
    await this.pages.submit(reply, {
      input: AskSuspension,
      shape: { amounts: { 'instalments[].amount': currency } },
      money: true,
      work: async (tx, input) => ({ id: (await this.suspensions.ask(tx, bondId, input)).id }),
      done: () => ({ to: `/bonds/${bondId}/plan`, say: 'The suspension is asked for. Others approve it.' }),
      again: (refusal) => this.draw(reply, bondId, { form: 'suspension', refusal }),
    });
  }

  private async draw(reply: FastifyReply, bondId: string, refused?: RefusedForm): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx): Promise<PlanPageView> => {
      const bond = await readBond(tx, bondId);
      const isSigned = bond.signedVersion !== null;
      const [newest, ...earlier] = await plansOf(tx, bondId);
      const suspensions: PlanPageView['suspensions'] = [];
      for (const suspension of await suspensionsOf(tx, bondId))
        suspensions.push({ ...suspension, instalments: await substitutesOf(tx, suspension.id) });
      const { today, timeZone } = await coalitionCalendar(tx, bond.coalitionId);
      return {
        ...{ bond, suspensions, today, timeZone },
        terms: isSigned ? (await signedTerms(tx, bondId)).terms : null,
        periods: isSigned ? await plannedAndActual(tx, bond) : [],
        plans: newest ? [newest, ...earlier] : [],
        lines: newest ? await linesOfPlan(tx, newest.id) : [],
        payers: (await partiesOf(tx, bondId)).filter(({ role }) => role === 'payer'),
      };
    });
    await this.pages.show(reply, bondHeading(view.bond, 'Plan'), (page) => (
      <PlanPage
        page={page}
        view={view}
        planRefusal={refused?.form === 'plan' ? refused.refusal : undefined}
        suspensionRefusal={refused?.form === 'suspension' ? refused.refusal : undefined}
      />
    ));
  }
}
