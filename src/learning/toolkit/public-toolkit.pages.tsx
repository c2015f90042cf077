import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database } from '../../platform/database/database.js';
import { Public } from '../../platform/http/access.js';
import { sendPage } from '../../web/pages.js';
import { forEverybody, readPublished } from './public-toolkit.controller.js';
import { PublicToolkitPage } from './toolkit-document.js';

/** What everybody may read, without signing in. */
@Controller()
export class PublicToolkitPages {
  constructor(private readonly db: Database) {}

  @Get('toolkit/:slug')
  @Public()
  async show(@Res() reply: FastifyReply, @Param('slug') slug: string): Promise<void> {
    const { content, contentHash, publishedAt } = await readPublished(this.db, slug);
    const [today, publishedOn] = [this.db.clock.now(), publishedAt].map((at) =>
      at.toISOString().slice(0, 10),
    );
    // Both days are on the page too: the same words on another day are another page.
    const tag = `"${contentHash.slice(0, 32)}-${publishedOn}-${today}"`;
    void reply.header('Cache-Control', forEverybody).header('ETag', tag);
    if (reply.request.headers['if-none-match']?.includes(tag)) {
      await reply.status(304).send();
      return;
    }
    await sendPage(reply, <PublicToolkitPage content={content} today={today!} publishedOn={publishedOn!} />);
  }
}
