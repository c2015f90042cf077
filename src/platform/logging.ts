import { type DestinationStream, pino, type Logger, type LoggerOptions } from 'pino';
import type { LogLevel } from './config/config.js';

/**
 * Structured logs, one JSON object a line. Whatever could carry a secret is cut out before it is written.
 * @param to standard output, unless said otherwise
 */
export function createLogger(name: string, level: LogLevel, to?: DestinationStream): Logger {
  const options: LoggerOptions = {
    name,
    level,
    redact: {
      paths: [
        'req.headers.authorization',
        'req.headers.cookie',
        'password',
        '*.password',
        'token',
        '*.token',
        '_csrf',
        '*._csrf',
      ],
      censor: '[cut out]',
    },
    // A request is logged by what identifies it; its body and its headers are not.
    serializers: {
      // What a query was given may be a secret, and so may what PostgreSQL quotes of it in its details.
      err: (error: Error & { code?: string; query?: string }) => ({
        type: error.name,
        message: error.message,
        code: error.code,
        query: error.query,
        stack: error.stack,
      }),
      req: (request: { id: string; method: string; url: string }) => ({
        id: request.id,
        method: request.method,
        // One-time links carry their secret in the path.
        url: request.url.replace(/(\/invitations\/)[^/?]+/, '$1[cut out]').split('?')[0],
      }),
    },
  };
  return to ? pino(options, to) : pino(options);
}
