import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { firstValueFrom, from, type Observable } from 'rxjs';
import { csvText } from './csv.js';
import type { Page } from './list.js';

type Row = Record<string, unknown>;

/**
 * Any list, whole, as CSV (RFC 4180): asked for with `Accept: text/csv`, or `?format=csv` where a link must do.
 * The pages of the list are walked by their cursors and streamed, so no list is too long.
 */
@Injectable()
export class CsvInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (!asksForCsv(request)) return next.handle();
    return from(this.answer(request, context.switchToHttp().getResponse<FastifyReply>(), next));
  }

  private async answer(request: FastifyRequest, reply: FastifyReply, next: CallHandler): Promise<unknown> {
    const query = request.query as Record<string, string>;
    delete query.format;
    query.limit = '500';
    const first = (await firstValueFrom(next.handle())) as Page<Row> | undefined;
    if (!Array.isArray(first?.items)) return first;
    void reply.type('text/csv; charset=utf-8');
    void reply.header('Content-Disposition', `attachment; filename="${fileName(request.url)}"`);
    return Readable.from(this.lines(first, query, next));
  }

  private async *lines(
    first: Page<Row>,
    query: Record<string, string>,
    next: CallHandler,
  ): AsyncGenerator<string> {
    let page = first;
    const columns = [...new Set(page.items.flatMap((item) => Object.keys(flat(item))))];
    yield csvText([columns]);
    for (;;) {
      if (page.items.length > 0) yield csvText(page.items.map((item) => cells(item, columns)));
      if (page.nextCursor === null) return;
      // Subscribing again runs the route's pipes and handler again, with the cursor of the next page.
      query.cursor = page.nextCursor;
      page = (await firstValueFrom(next.handle())) as Page<Row>;
    }
  }
}

function asksForCsv({ method, headers, query }: FastifyRequest): boolean {
  if (method !== 'GET') return false;
  return (query as { format?: unknown }).format === 'csv' || (headers.accept ?? '').includes('text/csv');
}

const fileName = (url: string): string => `${url.split('?')[0]!.split('/').at(-1)}.csv`;

function cells(item: Row, columns: string[]): unknown[] {
  const values = flat(item);
  return columns.map((column) => values[column] ?? '');
}

/** `{amount: {amount, currency}}` as the columns `amount` and `amountCurrency`; lists joined by semicolons. */
function flat(item: Row): Row {
  return Object.fromEntries(
    Object.entries(item).flatMap(([key, value]): [string, unknown][] => {
      if (value === null || typeof value !== 'object') return [[key, value]];
      if (Array.isArray(value))
        return [
          [
            key,
            value.map((each) => (typeof each === 'object' ? JSON.stringify(each) : String(each))).join('; '),
          ],
        ];
      if ('amount' in value && 'currency' in value)
        return [
          [key, value.amount],
          [`${key}Currency`, value.currency],
        ];
      return Object.entries(flat(value as Row)).map(([inner, each]) => [
        key + inner.charAt(0).toUpperCase() + inner.slice(1),
        each,
      ]);
    }),
  );
}
