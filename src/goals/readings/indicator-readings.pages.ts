import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Allow, members } from '../../platform/http/access.js';
import { type Access, Where } from '../../platform/http/request.js';
import { ReadingsForms } from './readings-forms.pages.js';

const ref = (id: string) => ({ kind: 'indicator' as const, id });

@Controller('indicators/:indicatorId/readings')
export class IndicatorReadingsPages {
  constructor(private readonly forms: ReadingsForms) {}

  @Get()
  @Allow('indicator', ...members)
  async show(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('indicatorId') id: string,
  ): Promise<void> {
    await this.forms.draw(reply, ref(id), access);
  }

  @Post()
  @Allow('indicator', ...members)
  async record(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('indicatorId') id: string,
  ): Promise<void> {
    await this.forms.record(reply, ref(id), access);
  }

  @Post('table')
  @Allow('indicator', ...members)
  async table(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('indicatorId') id: string,
  ): Promise<void> {
    await this.forms.recordTable(reply, ref(id), access);
  }

  @Post('file')
  @Allow('indicator', ...members)
  async file(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('indicatorId') id: string,
  ): Promise<void> {
    await this.forms.recordFile(reply, ref(id), access);
  }
}
