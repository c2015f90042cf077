import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, members } from '../../platform/http/access.js';
import { type Access, Where } from '../../platform/http/request.js';
import { actorOf, Pages } from '../../web/pages.js';
import { curvesOf } from '../curve/curves.js';
import { TurnTheCurvePage } from '../curve/turn-the-curve-page.js';
import { actionsOf, partnersOf, textsOf } from '../curve/turning.read.js';
import { AddSeriesForm, toAddSeries } from '../series/series-forms.dto.js';
import { SeriesForms } from '../series/series-forms.pages.js';
import { seriesOf } from '../series/series.read.js';
import { SeriesService } from '../series/series.service.js';
import { readSeriesView, seriesHeading } from '../series/series-view.js';

const ref = (id: string) => ({ kind: 'indicator' as const, id });

@Controller()
export class IndicatorsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly series: SeriesService,
    private readonly forms: SeriesForms,
  ) {}

  @Get('goals/:goalId/indicators/new')
  @Allow('goal', 'backbone')
  async form(@Res() reply: FastifyReply, @Param('goalId') goalId: string): Promise<void> {
    await this.forms.drawNew(reply, 'indicator', goalId);
  }

  @Post('goals/:goalId/indicators')
  @Allow('goal', 'backbone')
  async add(@Res() reply: FastifyReply, @Param('goalId') goalId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: AddSeriesForm,
      work: (tx, form) => this.series.addIndicator(tx, goalId, toAddSeries(form)),
      done: ({ series: { id, name } }) => ({
        to: `/indicators/${id}`,
        say: `The indicator “${name}” is added.`,
      }),
      again: (refusal) => this.forms.drawNew(reply, 'indicator', goalId, refusal),
    });
  }

  @Get('indicators/:indicatorId')
  @Allow('indicator', ...members)
  async show(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('indicatorId') id: string,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const own = await readSeriesView(tx, ref(id), access);
      const { goalId, coalitionId } = own.curve.series;
      const measures = (await seriesOf(tx, 'measure', { coalitionId, goalId })).filter(
        ({ retiredAt }) => retiredAt === null,
      );
      return {
        ...own,
        texts: await textsOf(tx, id),
        partners: await partnersOf(tx, id),
        actions: await actionsOf(tx, [id]),
        measures: await curvesOf(tx, 'measure', measures, own),
      };
    });
    await this.pages.show(reply, seriesHeading(view.curve.series), (page) => (
      <TurnTheCurvePage page={page} view={view} />
    ));
  }

  @Get('indicators/:indicatorId/edit')
  @Allow('indicator', 'backbone')
  async edit(@Res() reply: FastifyReply, @Param('indicatorId') id: string): Promise<void> {
    await this.forms.drawEdit(reply, ref(id));
  }

  @Post('indicators/:indicatorId')
  @Allow('indicator', 'backbone')
  async change(@Res() reply: FastifyReply, @Param('indicatorId') id: string): Promise<void> {
    await this.forms.change(reply, ref(id));
  }

  @Get('indicators/:indicatorId/trajectory')
  @Allow('indicator', 'backbone')
  async trajectory(@Res() reply: FastifyReply, @Param('indicatorId') id: string): Promise<void> {
    await this.forms.drawTrajectory(reply, ref(id));
  }

  @Post('indicators/:indicatorId/trajectory')
  @Allow('indicator', 'backbone')
  async setTrajectory(@Res() reply: FastifyReply, @Param('indicatorId') id: string): Promise<void> {
    await this.forms.setTrajectory(reply, ref(id));
  }

  @Post('indicators/:indicatorId/retire')
  @Allow('indicator', 'backbone')
  async retire(@Res() reply: FastifyReply, @Param('indicatorId') id: string): Promise<void> {
    await this.forms.retire(reply, ref(id));
  }
}
