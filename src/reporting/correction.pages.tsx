import { Controller, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Allow } from '../platform/http/access.js';
import { Pages } from '../web/pages.js';
import { CorrectionsService } from './corrections.service.js';
import { CorrectSpendReport } from './spend-report.dto.js';

/** The buttons of a report that begin and end its correction. */
@Controller()
export class CorrectionPages {
  constructor(
    private readonly pages: Pages,
    private readonly corrections: CorrectionsService,
  ) {}

  @Post('spend-reports/:spendReportId/correct')
  @Allow('spendReport', 'partner', 'backbone')
  async begin(@Res() reply: FastifyReply, @Param('spendReportId') id: string): Promise<void> {
    await this.pages.submit(reply, {
      input: CorrectSpendReport,
      work: (tx, { reason }) => this.corrections.begin(tx, id, reason),
      done: (report) => ({
        to: `/spend-reports/${report.id}`,
        say: 'The correction is begun. The accepted report counts until it is accepted.',
      }),
      again: ({ detail }) => this.pages.refuse(reply, `/spend-reports/${id}`, detail),
    });
  }

  @Post('spend-reports/:spendReportId/withdraw')
  @Allow('spendReport', 'partner', 'backbone')
  async withdraw(@Res() reply: FastifyReply, @Param('spendReportId') id: string): Promise<void> {
    await this.pages.press(reply, {
      work: (tx) => this.corrections.withdraw(tx, id),
      done: ({ correctsId }) => ({
        to: `/spend-reports/${correctsId ?? id}`,
        say: 'The correction is withdrawn. The report stays as it was accepted.',
      }),
      back: `/spend-reports/${id}`,
    });
  }
}
