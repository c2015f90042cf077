import { Controller, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Allow } from '../../platform/http/access.js';
import { fileOf, readUpload } from '../../platform/http/uploads.js';
import { Pages } from '../../web/pages.js';
import { ReportAttachmentsService } from './attachments.service.js';

/** Adding and taking off the files of a report, on its page. */
@Controller('spend-reports/:spendReportId/attachments')
export class ReportAttachmentsPages {
  constructor(
    private readonly pages: Pages,
    private readonly attachments: ReportAttachmentsService,
  ) {}

  @Post()
  @Allow('spendReport', 'partner')
  async add(@Res() reply: FastifyReply, @Param('spendReportId') id: string): Promise<void> {
    await this.pages.press(reply, {
      work: async (tx) => this.attachments.add(tx, id, await readUpload(fileOf(reply.request.body))),
      done: () => ({ to: `/spend-reports/${id}#attachments`, say: 'The file is attached.' }),
      back: `/spend-reports/${id}#attachments`,
    });
  }

  @Post(':attachmentId/remove')
  @Allow('spendReport', 'partner')
  async remove(
    @Res() reply: FastifyReply,
    @Param('spendReportId') id: string,
    @Param('attachmentId') attachmentId: string,
  ): Promise<void> {
    await this.pages.press(reply, {
      work: (tx) => this.attachments.remove(tx, id, attachmentId),
      done: () => ({ to: `/spend-reports/${id}#attachments`, say: 'The file is taken off.' }),
      back: `/spend-reports/${id}#attachments`,
    });
  }
}
