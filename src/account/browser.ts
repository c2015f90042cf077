import type { FastifyRequest } from 'fastify';
import type { Browser } from './sign-in.service.js';

/** The browser behind a request: what it calls itself, and the session it has now. */
export function browserOf(request: FastifyRequest): Browser {
  const credential = request.signedIn?.credential;
  return {
    userAgent: request.headers['user-agent'] ?? null,
    oldSessionId: credential?.kind === 'session' ? credential.sessionId : null,
  };
}

const engines: [pattern: RegExp, name: string][] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|HeadlessChrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const systems: [pattern: RegExp, name: string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** "Firefox on Windows", as far as a browser says what it is. */
export function describeBrowser(userAgent: string | null): string {
  const named = (list: [RegExp, string][]) => list.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1];
  const [engine, system] = [named(engines), named(systems)];
  if (!engine) return system ? `A browser on ${system}` : 'Another program';
  return system ? `${engine} on ${system}` : engine;
}
