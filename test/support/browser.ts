import { Sessions } from '../../src/platform/auth/sessions.js';
import { doorActor } from '../../src/platform/database/actor.js';
import { Database, inTransaction } from '../../src/platform/database/database.js';
import type { Client, TestApp } from './app.js';

export interface Page {
  status: number;
  html: string;
  /** Where it leads on to, if it does. */
  location: string | undefined;
  headers: Record<string, unknown>;
}

/** Somebody with a browser, but without its screen: keeps cookies, sends forms with the token they were drawn with. */
export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(private readonly app: TestApp) {}

  /** A browser in which this person is signed in. */
  static async of(app: TestApp, person: Client): Promise<Browser> {
    const browser = new Browser(app);
    const sessions = app.nest.get(Sessions);
    const token = await inTransaction(app.nest.get(Database), doorActor('identity', 'test'), (tx) =>
      sessions.start(tx, person.id, 'Test browser'),
    );
    browser.cookies.set(sessions.cookieName, token);
    return browser;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Page> {
    return this.send('GET', path, undefined, headers);
  }

  /** Sends a form. `_csrf` is the one in the page at `from`, which is read first. */
  async submit(path: string, fields: Record<string, string | string[]>, from = path): Promise<Page> {
    const { html } = await this.get(from);
    return this.post(path, { _csrf: csrfIn(html), ...fields });
  }

  /** Sends a form as it is. */
  post(
    path: string,
    fields: Record<string, string | string[]>,
    headers: Record<string, string> = {},
  ): Promise<Page> {
    const body = new URLSearchParams(
      Object.entries(fields).flatMap(([name, values]) =>
        [values].flat().map((value): [string, string] => [name, value]),
      ),
    );
    return this.send('POST', path, body.toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    });
  }

  /** Sends a form with a file in it. */
  upload(path: string, fields: Record<string, string>, name: string, content: string): Promise<Page> {
    const boundary = 'tributary-test';
    const part = (header: string, value: string) =>
      `--${boundary}\r\nContent-Disposition: form-data; ${header}\r\n\r\n${value}\r\n`;
    const body = Object.entries(fields).map(([field, value]) => part(`name="${field}"`, value));
    const file = part(`name="${name}"; filename="statement.xml"\r\nContent-Type: application/xml`, content);
    return this.send('POST', path, `${body.join('')}${file}--${boundary}--\r\n`, {
      'content-type': `multipart/form-data; boundary=${boundary}`,
    });
  }

  private async send(
    method: 'GET' | 'POST',
    url: string,
    payload: string | undefined,
    headers: Record<string, string>,
  ): Promise<Page> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await this.app.nest.inject({
      method,
      url,
      payload,
      headers: { accept: 'text/html', ...(cookie ? { cookie } : {}), ...headers },
    });
    for (const { name, value, maxAge, expires } of answer.cookies) {
      const isOver = maxAge === 0 || (expires !== undefined && expires.getTime() === 0);
      if (isOver) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const { location } = answer.headers;
    return { status: answer.statusCode, html: answer.payload, location, headers: answer.headers };
  }
}

/** The token that the forms of a page carry. */
export function csrfIn(html: string): string {
  return /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
}
