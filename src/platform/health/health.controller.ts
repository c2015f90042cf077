import { Controller, Get, Header, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isSame } from '../auth/secrets.js';
import type { Config } from '../config/config.js';
import { DomainError, notFound } from '../errors/domain-error.js';
import { Public } from '../http/access.js';
import { CONFIG } from '../tokens.js';
import { Metrics } from './metrics.js';
import { Readiness } from './readiness.js';

/** For those who watch over the installation: programs, not people. */
@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The process runs. Restart it when this does not answer. */
  @Get('health/live')
  @Public()
  live() {
    return { status: 'live' };
  }

  /** The process can do its work. Send it requests only while it says so. */
  @Get('health/ready')
  @Public()
  async ready() {
    const missing = await this.readiness.missing();
    if (missing.length > 0) throw new DomainError('notReady', missing.join(' '));
    return { status: 'ready' };
  }

  @Get('metrics')
  @Public()
  @Header('Cache-Control', 'no-store')
  async read(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    requireCollector(request, this.config.metricsToken);
    const text = await this.metrics.text();
    await reply.type(this.metrics.contentType).send(text);
  }
}

/** With a token, whoever brings it; without one, this machine itself: for everybody else there is no such page. */
function requireCollector(request: FastifyRequest, token: string | null): void {
  if (token === null) {
    if (!isFromThisMachine(request)) throw notFound('page');
    return;
  }
  const sent = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (!sent || !isSame(sent, token)) {
    throw new DomainError('signInNeeded', 'Send the token in METRICS_TOKEN as Authorization: Bearer.');
  }
}

/** A proxy on this machine speaks for others: what it passes on does not count. */
function isFromThisMachine({ headers, socket }: FastifyRequest): boolean {
  const isPassedOn = ['forwarded', 'x-forwarded-for', 'via'].some((name) => headers[name] !== undefined);
  return !isPassedOn && /^(127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '');
}
