import { Controller, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AnyPerson } from '../../platform/http/access.js';
import { Pages } from '../../web/pages.js';
import { withQuery } from '../../web/read-query.js';
import { localPath } from '../return-to.js';
import { SaveView } from './saved-view.dto.js';
import { SavedViewsService } from './saved-views.service.js';

const addressOf = ({ path, query }: { path: string; query: string }): string =>
  withQuery(path, Object.fromEntries(new URLSearchParams(query)));

/** What the form under a list sends: the list itself is drawn by its own room. */
@Controller()
export class SavedViewsPages {
  constructor(
    private readonly pages: Pages,
    private readonly views: SavedViewsService,
  ) {}

  @Post('views')
  @AnyPerson()
  async save(@Res() reply: FastifyReply): Promise<void> {
    const { address } = (reply.request.body ?? {}) as { address?: unknown };
    await this.pages.submit(reply, {
      input: SaveView,
      work: (tx, input) => this.views.save(tx, input),
      done: (view) => ({ to: addressOf(view), say: `“${view.name}” is kept.` }),
      again: ({ errors, detail }) =>
        this.pages.refuse(reply, localPath(address), errors[0]?.message ?? detail),
    });
  }

  @Post('views/:viewId/delete')
  @AnyPerson()
  async remove(@Res() reply: FastifyReply, @Param('viewId') viewId: string): Promise<void> {
    await this.pages.press(reply, {
      work: (tx) => this.views.remove(tx, viewId),
      done: ({ path, name }) => ({ to: path, say: `“${name}” is deleted.` }),
      back: '/',
    });
  }
}
