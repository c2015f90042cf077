import type { Answer, Client } from './app.js';

/** Sends one file as a form does, with other fields before it. */
export function upload<Body>(
  who: Client,
  url: string,
  name: string,
  content: Buffer,
  more: Record<string, string> = {},
): Promise<Answer<Body>> {
  const boundary = 'tributary-test';
  const field = ([key, value]: [string, string]) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`;
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  const payload = Buffer.concat([
    Buffer.from(Object.entries(more).map(field).join('') + head),
    content,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
  return who.send<Body>({ method: 'POST', url, payload, headers });
}
