import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { Config } from '../../src/platform/config/config.js';
import { Database } from '../../src/platform/database/database.js';
import { Postman } from '../../src/platform/mail/postman.js';
import { CONFIG } from '../../src/platform/tokens.js';
import type { TestApp } from './app.js';

/** A mail as it arrived: its head as it is, its text decoded. */
export interface CaughtMail {
  raw: string;
  to: string;
  /** The plain text. */
  text: string;
}

/** A mail server that takes everything, and a postman that carries what is queued to it. */
export class MailCatcher {
  readonly caught: CaughtMail[] = [];
  private readonly postman: Postman;

  private constructor(
    private readonly server: SMTPServer,
    app: TestApp,
  ) {
    const { port } = server.server.address() as AddressInfo;
    const config = app.nest.get<Config>(CONFIG);
    this.postman = new Postman(app.nest.get(Database), { ...config, smtpUrl: `smtp://127.0.0.1:${port}` });
  }

  static async start(app: TestApp): Promise<MailCatcher> {
    const server = new SMTPServer({
      ...{ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], closeTimeout: 100 },
      onData: (stream, _session, done) => {
        let text = '';
        stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
        stream.on('end', () => {
          catcher.caught.push(read(text));
          done();
        });
      },
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const catcher = new MailCatcher(server, app);
    return catcher;
  }

  /** Carries everything that is queued. */
  async deliver(): Promise<void> {
    while ((await this.postman.deliverDue()) > 0);
  }

  stop(): Promise<void> {
    return new Promise<void>((done) => this.server.close(() => done()));
  }
}

function read(raw: string): CaughtMail {
  // Up to the boundary that stood before it: its own lines may begin with dashes too.
  const part = /\r\n(--[^\r\n]+)\r\nContent-Type: text\/plain[^\r\n]*\r\n([\s\S]*?)\r\n\r\n([\s\S]*?)\r\n\1/;
  const [, , headers, body] = part.exec(raw)!;
  return {
    raw,
    to: /^To: (.*)$/m.exec(raw)![1]!.trim(),
    text: /quoted-printable/i.test(headers!) ? quotedPrintable(body!) : body!,
  };
}

function quotedPrintable(text: string): string {
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
