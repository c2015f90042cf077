import { NestFactory, Reflector } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import compress from '@fastify/compress';
import { LogController } from 'fastify';
import { v7 as newId } from 'uuid';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import type { Clock } from './platform/clock.js';
import type { Config } from './platform/config/config.js';
import { ProblemFilter } from './platform/errors/problem.filter.js';
import { Metrics } from './platform/health/metrics.js';
import { logRequests } from './platform/health/request-log.js';
import { registerUploads } from './platform/http/uploads.js';
import { requireAccessRules } from './platform/http/route-table.js';
import { drawProblem } from './web/pages/error-page.js';
import { serveAssets } from './web/assets.js';
import { serveOpenApi } from './platform/http/openapi.js';

export interface WebServerSettings {
  config: Config;
  clock: Clock;
  logger: Logger;
}

/** The web process, ready to listen: pages and API on one Fastify. Tests start the same one. */
export async function createWebServer({
  config,
  clock,
  logger,
}: WebServerSettings): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    loggerInstance: logger.child({ part: 'http' }),
    // Requests are logged by `logRequests`: one line, and no secret in it.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.trustProxy as boolean | string[],
    genReqId: () => newId(),
    requestIdHeader: false,
    bodyLimit: 2 * 1024 * 1024,
    routerOptions: { maxParamLength: 300 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(config, clock, logger),
    adapter,
    {
      logger: false,
      abortOnError: false,
    },
  );
  await app.register(cookie as never);
  await registerUploads(adapter.getInstance<FastifyInstance>());
  await app.register(compress as never, { threshold: 2048, encodings: ['br', 'gzip'] });
  await app.register(helmet, securityHeaders(config));
  adapter.getInstance().addHook('onSend', async (request, reply, payload) => {
    reply.header('X-Request-Id', request.id);
    // What is for everybody says so itself; all else is kept by nobody on the way.
    const isForEverybody = String(reply.getHeader('Cache-Control') ?? '').startsWith('public');
    if (!request.url.startsWith('/assets/') && !isForEverybody)
      reply.header('Cache-Control', 'private, no-store');
    return payload;
  });
  logRequests(adapter.getInstance(), logger.child({ part: 'http' }), app.get(Metrics));
  await serveAssets(adapter.getInstance());
  app.useGlobalFilters(new ProblemFilter(logger, (problem) => drawProblem(problem)));
  requireAccessRules(app, app.get(Reflector));
  serveOpenApi(app, config);
  return app;
}

/** Nothing inline, nothing from other hosts; charts are images with data in their address. */
function securityHeaders(config: Config): object {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameSrc: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    hsts: config.secureCookies ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  };
}
