import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { NodemailerError } from 'nodemailer/lib/errors.js';
import { parseConnectionUrl } from 'nodemailer/lib/shared';

const CONNECT_MS = 15_000;
const SILENCE_MS = 30_000;
/** However slowly a server drips its answers, nothing takes longer than this. */
export const LONGEST_DELIVERY_MS = 180_000;

/** What became of a mail that was handed to a mail server. */
export type Fate =
  | { kind: 'sent'; response: string }
  /** The server said no, or was never reached: it has not got the mail. */
  | { kind: 'refused'; forGood: boolean; reached: boolean; reason: string }
  /** The mail was on its way when the connection went: nobody knows whether the server has got it. */
  | { kind: 'uncertain'; reason: string };

export interface Parcel {
  from: string;
  to: string;
  /** The whole message, headers and all. */
  message: Buffer;
}

/** Hands one mail to the server of `smtp[s]://user:password@host:port`, on a connection of its own. Never throws. */
export async function deliver(smtpUrl: string, parcel: Parcel): Promise<Fate> {
  const options = parseConnectionUrl(smtpUrl);
  const connection = new SMTPConnection({
    ...options,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
  });
  // The stream is read only after the server has said "go ahead" to DATA: from then on the fate can be unknown.
  let begun = false;
  const content = Readable.from(
    announced(parcel.message, () => (begun = true)),
    { objectMode: false },
  );
  try {
    const response = await withDeadline(connection, () => send(connection, options.auth, parcel, content));
    return { kind: 'sent', response };
  } catch (error) {
    return fateOf(error as NodemailerError, begun);
  } finally {
    content.destroy();
    connection.close();
  }
}

function* announced(message: Buffer, onFirstByte: () => void): Generator<Buffer> {
  onFirstByte();
  yield message;
}

/** What an error means for the mail. Exported for its rules' sake: see the specs. */
export function fateOf(
  error: Pick<NodemailerError, 'message' | 'responseCode' | 'command'>,
  begun: boolean,
): Fate {
  const { responseCode: code, command, message } = error;
  const reason = message.slice(0, 500);
  // A refused sign-in is no verdict on this mail: somebody will mend the settings.
  const ofOurs = command?.startsWith('AUTH') ?? false;
  if (code && code >= 400)
    return { kind: 'refused', forGood: code >= 500 && !ofOurs, reached: !ofOurs, reason };
  return begun ? { kind: 'uncertain', reason } : { kind: 'refused', forGood: false, reached: false, reason };
}

function send(
  connection: SMTPConnection,
  auth: { user?: string; pass?: string } | undefined,
  { from, to, message }: Parcel,
  content: Readable,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const next = (step: () => void) => (error?: Error | null) => (error ? reject(error) : step());
    connection.on('error', reject);
    // A server that hangs up politely is an error to whoever still waits for its answer.
    connection.once('end', () => reject(new Error('The mail server ended the connection.')));
    const post = () =>
      connection.send({ from, to: [to], size: message.length }, content, (error, info) =>
        error ? reject(error) : resolve(info.response),
      );
    const signIn = () =>
      auth ? connection.login({ user: auth.user ?? '', pass: auth.pass ?? '' }, next(post)) : post();
    connection.connect(next(signIn));
  });
}

async function withDeadline<T>(connection: SMTPConnection, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('The mail server took too long.'));
      connection.close();
    }, LONGEST_DELIVERY_MS);
  });
  try {
    return await Promise.race([work(), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
