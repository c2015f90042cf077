import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { type Problem, toProblem } from './problem.js';

/** Draws a problem as a page, for whoever asked with a browser. */
export type DrawProblem = (problem: Problem, request: FastifyRequest) => Promise<string> | string;

/** The one place where an error becomes an answer: RFC 9457 for programs, a page for people. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly draw: DrawProblem,
  ) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    await this.answer(error, request, reply);
  }

  async answer(error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const problem = toProblem(error, request.id);
    if (problem.code === 'unexpected')
      this.logger.error({ err: error, requestId: request.id }, 'unexpected error');
    void reply.status(problem.status);
    if (problem.status === 401) void reply.header('WWW-Authenticate', 'Bearer');
    if (problem.status === 429) void reply.header('Retry-After', retryAfter(error));
    if (!wantsPage(request)) {
      await reply.type('application/problem+json').send(problem);
    } else if (problem.status === 401 && request.method === 'GET') {
      await reply.redirect(`/sign-in?returnTo=${encodeURIComponent(request.url)}`, 303);
    } else {
      await reply.type('text/html; charset=utf-8').send(await this.draw(problem, request));
    }
  }
}

const wantsPage = (request: FastifyRequest): boolean =>
  !request.url.startsWith('/api/') && (request.headers.accept ?? '').includes('text/html');

function retryAfter(error: unknown): string {
  const seconds = (error as { retryAfterSeconds?: number } | null)?.retryAfterSeconds;
  return String(seconds ?? 60);
}
