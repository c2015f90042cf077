import { Controller, Get, Param, Query, Res, type StreamableFile } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { personActor } from '../../platform/database/actor.js';
import { Database, inTransaction } from '../../platform/database/database.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Public } from '../../platform/http/access.js';
import { DownloadLinks } from './download-links.js';
import { sendFile } from './runs.controller.js';
import { RunsService } from './runs.service.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The file of a report by its sealed link, for who is not signed in where they read their mail. */
@Controller('report-files')
export class ReportFilesController {
  constructor(
    private readonly db: Database,
    private readonly runs: RunsService,
    private readonly links: DownloadLinks,
  ) {}

  @Get(':runId/:format')
  @Public()
  @ApiExcludeEndpoint()
  async download(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('runId') runId: string,
    @Param('format') format: string,
    @Query('person') personId = '',
    @Query('until') until = '',
    @Query('seal') seal = '',
  ): Promise<StreamableFile> {
    if (![runId, personId].every((id) => uuid.test(String(id))))
      throw new DomainError('linkNotOurs', 'It is incomplete. Copy it from the mail again, whole.');
    this.links.require({ runId, format, personId, until: Number(until) }, String(seal), this.db.clock.now());
    const who = personActor(personId, '');
    const file = await inTransaction(this.db, who, (tx) => this.runs.download(tx, runId, format, 'link'));
    return sendFile(this.db, who, reply, file);
  }
}
