import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { StartError } from './start-error.js';

/**
 * A port for one of our own servers on the loopback: the one it had last time if that is free, so that tools
 * set up by hand keep working; any free one otherwise.
 */
export async function rememberedPort(dataDir: string, server: string): Promise<number> {
  const file = join(dataDir, 'ports.json');
  const ports = readPorts(file);
  const before = ports[server];
  const port = before !== undefined && (await canListen(before)) ? before : await freePort();
  if (port !== before) writeFileSync(file, JSON.stringify({ ...ports, [server]: port }));
  return port;
}

/** @throws StartError in words for the person who chose the address */
export async function checkAddressIsFree(host: string, port: number): Promise<void> {
  const code = await listenBriefly(host, port);
  if (code === null) return;
  if (code === 'EADDRINUSE') {
    throw new StartError(
      `Port ${port} on ${host} is in use by another program. Stop that program, or start with another port: PORT=${port === 65_535 ? 3000 : port + 1} npm start`,
    );
  }
  if (code === 'EACCES') {
    throw new StartError(`This user may not listen on port ${port}. Set PORT to a number from 1024 up.`);
  }
  throw new StartError(
    `HOST ${host} is not an address of this machine (${code}). Try HOST=127.0.0.1 or HOST=0.0.0.0.`,
  );
}

async function canListen(port: number): Promise<boolean> {
  return (await listenBriefly('127.0.0.1', port)) === null;
}

/** `null` when one can listen there, otherwise the system's reason. */
function listenBriefly(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

function readPorts(file: string): Record<string, number> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
  } catch {
    return {}; // not there yet, or damaged: any free port will do
  }
}
