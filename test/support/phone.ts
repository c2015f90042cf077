import type { AddressInfo } from 'node:net';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright, type Page } from 'playwright-core';
import type { TestApp } from './app.js';

/** A real browser, as wide as a phone, on a web process that listens. */
export class Phone {
  /** What the pages complained of: errors of scripts, and what they could not load. */
  readonly complaints: string[] = [];

  private constructor(
    private readonly browser: Browser,
    readonly page: Page,
    private readonly origin: string,
  ) {
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText;
      // What is under way when somebody moves on to another page is given up.
      if (reason !== 'net::ERR_ABORTED') this.complaints.push(`${request.url()}: ${reason}`);
    });
  }

  static async open(app: TestApp): Promise<Phone> {
    const server = app.nest.getHttpServer();
    if (!server.listening) await app.nest.listen(0, '127.0.0.1');
    const { port } = server.address() as AddressInfo;
    const browser = await playwright.launch({
      executablePath: await chromium.executablePath(),
      args: chromium.args,
    });
    const page = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: 'en-GB' });
    return new Phone(browser, page, `http://127.0.0.1:${port}`);
  }

  /** Opens a page, signs in on the way, and comes to what was asked for. */
  async signIn(path: string, email: string, password: string): Promise<void> {
    await this.page.goto(this.origin + path);
    await this.page.getByLabel('E-mail address').fill(email);
    await this.page.getByLabel('Password').fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
    await this.page.waitForURL(this.origin + path);
  }

  /** Forgets who was signed in, as if somebody else took the device. */
  signOut(): Promise<void> {
    return this.page.context().clearCookies();
  }

  /** How far the page can be pushed sideways, in pixels: nothing, where it fits the screen. */
  overflow(): Promise<number> {
    return this.page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}
