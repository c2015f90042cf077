import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { organisationChoices } from '../../coalitions/organisation-choices.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { Allow } from '../../platform/http/access.js';
import { Integer, Text } from '../../platform/http/fields.js';
import { actorOf, Pages, type Refusal } from '../../web/pages.js';
import { seatedPeopleChoices, seriesHeading } from '../series/series-view.js';
import { readSeries } from '../series/series.read.js';
import { ActionFormPage, PartnersFormPage, sectionTitles, TextFormPage } from './turning-forms.js';
import { AddAction, AddPartner, EndAction } from './turning.dto.js';
import { partnersOf, readAction, textsOf } from './turning.read.js';
import { type CurveSection, curveSections } from './turning.rules.js';
import { TurningService } from './turning.service.js';

class TextForm {
  @Text({ max: 8000 }) body!: string;
}

class ChangeActionForm extends AddAction {
  @Integer(1, 1_000_000_000) version!: number;
}

class EndActionForm extends EndAction {
  @Integer(1, 1_000_000_000) version!: number;
}

const ref = (id: string) => ({ kind: 'indicator' as const, id });

@Controller()
export class TurningPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly turning: TurningService,
  ) {}

  @Get('indicators/:indicatorId/texts/:section')
  @Allow('indicator', 'backbone')
  async textForm(
    @Res() reply: FastifyReply,
    @Param('indicatorId') id: string,
    @Param('section') section: string,
  ): Promise<void> {
    await this.drawText(reply, id, sectionOf(section));
  }

  @Post('indicators/:indicatorId/texts/:section')
  @Allow('indicator', 'backbone')
  async write(
    @Res() reply: FastifyReply,
    @Param('indicatorId') id: string,
    @Param('section') name: string,
  ): Promise<void> {
    const section = sectionOf(name);
    await this.pages.submit(reply, {
      input: TextForm,
      work: (tx, { body }) => this.turning.write(tx, id, { section, body }),
      done: () => ({ to: `/indicators/${id}#${section}`, say: `“${sectionTitles[section]}” is written.` }),
      again: (refusal) => this.drawText(reply, id, section, refusal),
    });
  }

  @Get('indicators/:indicatorId/partners')
  @Allow('indicator', 'backbone')
  async partners(@Res() reply: FastifyReply, @Param('indicatorId') id: string): Promise<void> {
    await this.drawPartners(reply, id);
  }

  @Post('indicators/:indicatorId/partners')
  @Allow('indicator', 'backbone')
  async addPartner(@Res() reply: FastifyReply, @Param('indicatorId') id: string): Promise<void> {
    await this.pages.submit(reply, {
      input: AddPartner,
      work: (tx, input) => this.turning.addPartner(tx, id, input),
      done: ({ name }) => ({ to: `/indicators/${id}#partners`, say: `${name} is named as a partner.` }),
      again: (refusal) => this.drawPartners(reply, id, refusal),
    });
  }

  @Post('curve-partners/:curvePartnerId/remove')
  @Allow('curvePartner', 'backbone')
  async removePartner(@Res() reply: FastifyReply, @Param('curvePartnerId') id: string): Promise<void> {
    await this.pages.press(reply, {
      work: (tx) => this.turning.removePartner(tx, id),
      done: (indicatorId) => ({
        to: `/indicators/${indicatorId}/partners`,
        say: 'The partner is taken off.',
      }),
      back: '/',
    });
  }

  @Get('indicators/:indicatorId/actions/new')
  @Allow('indicator', 'backbone')
  async actionForm(@Res() reply: FastifyReply, @Param('indicatorId') id: string): Promise<void> {
    await this.drawAction(reply, { indicatorId: id });
  }

  @Post('indicators/:indicatorId/actions')
  @Allow('indicator', 'backbone')
  async addAction(@Res() reply: FastifyReply, @Param('indicatorId') id: string): Promise<void> {
    await this.pages.submit(reply, {
      input: AddAction,
      work: (tx, input) => this.turning.addAction(tx, id, input),
      done: ({ title }) => ({ to: `/indicators/${id}#actions`, say: `The action “${title}” is added.` }),
      again: (refusal) => this.drawAction(reply, { indicatorId: id }, { refusal }),
    });
  }

  @Get('curve-actions/:curveActionId')
  @Allow('curveAction', 'backbone')
  async action(@Res() reply: FastifyReply, @Param('curveActionId') id: string): Promise<void> {
    await this.drawAction(reply, { actionId: id });
  }

  @Post('curve-actions/:curveActionId')
  @Allow('curveAction', 'backbone')
  async changeAction(@Res() reply: FastifyReply, @Param('curveActionId') id: string): Promise<void> {
    await this.pages.submit(reply, {
      input: ChangeActionForm,
      work: (tx, { version, detail = null, ...terms }) =>
        this.turning.changeAction(tx, id, version, { ...terms, detail }),
      done: ({ indicatorId }) => ({
        to: `/indicators/${indicatorId}#actions`,
        say: 'The action is changed.',
      }),
      again: (refusal) => this.drawAction(reply, { actionId: id }, { refusal }),
    });
  }

  @Post('curve-actions/:curveActionId/finish')
  @Allow('curveAction', 'backbone')
  async finish(@Res() reply: FastifyReply, @Param('curveActionId') id: string): Promise<void> {
    await this.end(reply, id, 'done');
  }

  @Post('curve-actions/:curveActionId/drop')
  @Allow('curveAction', 'backbone')
  async drop(@Res() reply: FastifyReply, @Param('curveActionId') id: string): Promise<void> {
    await this.end(reply, id, 'dropped');
  }

  private async end(reply: FastifyReply, id: string, to: 'done' | 'dropped'): Promise<void> {
    await this.pages.submit(reply, {
      input: EndActionForm,
      work: (tx, { version, endedOn, note }) =>
        this.turning.endAction(tx, id, version, { endedOn, note, to }),
      done: ({ indicatorId, title }) => ({
        to: `/indicators/${indicatorId}#actions`,
        say: `“${title}” is ${to}.`,
      }),
      again: (endRefusal) => this.drawAction(reply, { actionId: id }, { endRefusal }),
    });
  }

  private async drawText(
    reply: FastifyReply,
    id: string,
    section: CurveSection,
    refusal?: Refusal,
  ): Promise<void> {
    const { series, body } = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      series: await readSeries(tx, ref(id)),
      body: (await textsOf(tx, id)).find((text) => text.section === section)?.body ?? '',
    }));
    await this.pages.show(reply, seriesHeading(series, sectionTitles[section]), (page) => (
      <TextFormPage {...{ page, series, section, body, refusal }} />
    ));
  }

  private async drawPartners(reply: FastifyReply, id: string, refusal?: Refusal): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const series = await readSeries(tx, ref(id));
      const organisations = await organisationChoices(tx, series.coalitionId);
      return { series, organisations, partners: await partnersOf(tx, id) };
    });
    await this.pages.show(reply, seriesHeading(view.series, 'Partners'), (page) => (
      <PartnersFormPage page={page} {...view} refusal={refusal} />
    ));
  }

  private async drawAction(
    reply: FastifyReply,
    { indicatorId, actionId }: { indicatorId?: string; actionId?: string },
    refusals: { refusal?: Refusal; endRefusal?: Refusal } = {},
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const action = actionId === undefined ? undefined : await readAction(tx, actionId);
      const series = await readSeries(tx, ref(action?.indicatorId ?? indicatorId!));
      const { today } = await coalitionCalendar(tx, series.coalitionId);
      return { action, series, today, people: await seatedPeopleChoices(tx, series.coalitionId) };
    });
    const title = view.action ? view.action.title : 'Add an action';
    await this.pages.show(reply, seriesHeading(view.series, title), (page) => (
      <ActionFormPage page={page} {...view} {...refusals} />
    ));
  }
}

/** @throws notFound where a curve has no such text */
function sectionOf(name: string): CurveSection {
  const section = curveSections.find((one) => one === name);
  if (section) return section;
  throw notFound('text');
}
