import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AnyPerson } from '../platform/http/access.js';
import { Pages } from './pages.js';
import { StyleGuide } from './pages/style-guide.js';

/** Every part in every state, for those who build pages. Served in development only. */
@Controller()
export class StyleGuidePages {
  constructor(private readonly pages: Pages) {}

  @Get('style-guide')
  @AnyPerson()
  async show(@Res() reply: FastifyReply): Promise<void> {
    const heading = { title: 'Style guide', crumbs: [{ label: 'Style guide' }] };
    await this.pages.show(reply, heading, (page) => <StyleGuide page={page} />);
  }
}
