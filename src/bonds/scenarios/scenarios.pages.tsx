import { Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { plainToInstance } from 'class-transformer';
import { organisationChoices } from '../../coalitions/organisation-choices.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { asDomainError } from '../../platform/errors/problem.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { refusals } from '../../platform/http/validation.js';
import { readForm, type FormBody } from '../../web/forms/read-form.js';
import { actorOf, Pages, type Refusal, signedInOf } from '../../web/pages.js';
import { renderFragment } from '../../web/render.js';
import { bondHeading } from '../contracts/bond-frame.js';
import type { BondTerms } from '../contracts/bond-terms.js';
import { type Bond, namesIn, readBond, versionUnderWay } from '../contracts/bonds.read.js';
import { BondsService } from '../contracts/bonds.service.js';
import { readTerms } from '../contracts/read-terms.js';
import { termsShape } from '../contracts/terms-form.dto.js';
import { formValuesOf, termsInputOf } from '../contracts/terms-form-mapping.js';
import { DesignPage } from './design-page.js';
import { ProjectionView } from './projection-view.js';
import { DesignForm, ScenariosForm, scenariosShape } from './scenario-form.dto.js';
import { formValuesOfScenarios, scenariosOf } from './scenario-form-mapping.js';
import { ScenariosPage } from './scenarios-page.js';
import { keptScenarios, type NamedProjection, ScenariosService } from './scenarios.service.js';

/** What a page shows of scenarios: worked out, or why not. */
interface WorkedOut {
  projections: NamedProjection[];
  problem?: string;
}

@Controller()
export class ScenariosPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly bonds: BondsService,
    private readonly scenarios: ScenariosService,
  ) {}

  @Get('bonds/:bondId/scenarios')
  @Allow('bond', ...overseers)
  async show(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    await this.draw(reply, bondId);
  }

  /** As one types: the part of the page that says what it comes to. */
  @Post('bonds/:bondId/scenarios/preview')
  @HttpCode(200)
  @Allow('bond', ...overseers)
  async preview(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    const { bond, terms, nameOf } = await this.read(reply, bondId);
    const worked = await this.tryOut(reply, ScenariosForm, scenariosShape(bond.currency), (form) =>
      this.scenarios.workOut(terms, bond.currency, scenariosOf(form, terms.rateCard)),
    );
    await this.sendPart(reply, bond, nameOf, worked);
  }

  @Post('bonds/:bondId/scenarios')
  @Allow('bond', 'backbone', 'finance')
  async keep(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    const { bond, terms } = await this.read(reply, bondId);
    await this.pages.submit(reply, {
      input: ScenariosForm,
      shape: scenariosShape(bond.currency),
      work: (tx, form) => this.scenarios.keep(tx, bondId, scenariosOf(form, terms.rateCard)),
      done: (kept) => ({ to: `/bonds/${bondId}/scenarios`, say: `${kept.length} scenarios are kept.` }),
      again: (refusal) => this.draw(reply, bondId, refusal),
    });
  }

  /** The designer: the terms that are drafted, and beside them what they would come to. */
  @Get('bonds/:bondId/design')
  @Allow('bond', 'backbone', 'finance')
  async design(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    await this.drawDesign(reply, bondId);
  }

  @Post('bonds/:bondId/design/preview')
  @HttpCode(200)
  @Allow('bond', 'backbone', 'finance')
  async previewDesign(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    const { bond, nameOf } = await this.read(reply, bondId);
    const { currency } = bond;
    const worked = await this.tryOut(reply, DesignForm, designShape(currency), (form) => {
      const terms = readTerms(termsInputOf(form), currency);
      return this.scenarios.workOut(terms, currency, scenariosOf(form, terms.rateCard));
    });
    await this.sendPart(reply, bond, nameOf, worked);
  }

  @Post('bonds/:bondId/design')
  @Allow('bond', 'backbone', 'finance')
  async saveDesign(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    const { bond } = await this.read(reply, bondId);
    await this.pages.submit(reply, {
      input: DesignForm,
      shape: designShape(bond.currency),
      work: async (tx, form) => {
        const terms = termsInputOf(form);
        await this.bonds.change(tx, bondId, form.version, { terms });
        const { rateCard } = readTerms(terms, bond.currency);
        return this.scenarios.keep(tx, bondId, scenariosOf(form, rateCard));
      },
      done: () => ({ to: `/bonds/${bondId}/design`, say: 'The draft is saved, with its scenarios.' }),
      again: (refusal) => this.drawDesign(reply, bondId, refusal),
    });
  }

  private async draw(reply: FastifyReply, bondId: string, refusal?: Refusal): Promise<void> {
    const view = await this.read(reply, bondId);
    const worked = this.guard(() => this.scenarios.workOut(view.terms, view.bond.currency, view.inputs));
    await this.pages.show(reply, bondHeading(view.bond, 'Scenarios'), (page) => (
      <ScenariosPage
        page={page}
        view={{ ...view, ...worked }}
        values={refusal?.values ?? formValuesOfScenarios(view.inputs)}
        refusal={refusal}
      />
    ));
  }

  private async drawDesign(reply: FastifyReply, bondId: string, refusal?: Refusal): Promise<void> {
    const view = await this.read(reply, bondId);
    if (!view.isDrafted) {
      const sentence = 'No version of this contract is drafted: draft an amendment first, and design that.';
      throw new DomainError('stateForbids', sentence);
    }
    const worked = this.guard(() => this.scenarios.workOut(view.terms, view.bond.currency, view.inputs));
    const values = refusal?.values ?? {
      ...formValuesOf(view.terms),
      ...formValuesOfScenarios(view.inputs),
      version: String(view.bond.version),
    };
    await this.pages.show(reply, bondHeading(view.bond, 'Design'), (page) => (
      <DesignPage page={page} view={{ ...view, ...worked }} values={values} refusal={refusal} />
    ));
  }

  /** What was typed so far, worked out; while it cannot be, the sentence that says why. */
  private async tryOut<Form extends object>(
    reply: FastifyReply,
    input: new () => Form,
    shape: Parameters<typeof readForm>[1],
    work: (form: Form) => NamedProjection[],
  ): Promise<WorkedOut> {
    const { values, errors } = readForm((reply.request.body ?? {}) as FormBody, shape);
    const form = plainToInstance(input, values);
    const [wrong] = [...errors, ...(await refusals(form))];
    if (wrong) return { projections: [], problem: wrong.message };
    return this.guard(() => work(form));
  }

  private guard(work: () => NamedProjection[]): WorkedOut {
    try {
      return { projections: work() };
    } catch (error) {
      const { code, detail } = asDomainError(error);
      if (code === 'unexpected') throw error;
      return { projections: [], problem: detail };
    }
  }

  private async sendPart(
    reply: FastifyReply,
    { currency }: Bond,
    nameOf: (id: string) => string,
    { projections, problem }: WorkedOut,
  ): Promise<void> {
    const { locale } = signedInOf(reply);
    const part = renderFragment(
      <ProjectionView
        projections={projections}
        problem={problem}
        nameOf={nameOf}
        currency={currency}
        locale={locale}
      />,
    );
    await reply.type('text/html; charset=utf-8').send(part);
  }

  private read(reply: FastifyReply, bondId: string) {
    return inSnapshot(this.db, actorOf(reply), async (tx) => {
      const bond = await readBond(tx, bondId);
      const terms: BondTerms = await this.scenarios.termsOf(tx, bondId);
      const names = await namesIn(tx, bond.coalitionId, [terms]);
      const organisations = await organisationChoices(tx, bond.coalitionId);
      for (const { value, label } of organisations) names.set(value, label);
      const underWay = await versionUnderWay(tx, bondId);
      return {
        ...{ bond, terms, organisations },
        inputs: await keptScenarios(tx, bondId),
        nameOf: (id: string) => names.get(id) ?? id,
        isDrafted: underWay?.state === 'draft',
      };
    });
  }
}

const designShape = (currency: string) => {
  const terms = termsShape(currency);
  return { ...terms, amounts: { ...terms.amounts, ...scenariosShape(currency).amounts } };
};
