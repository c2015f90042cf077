interface ErrorKind {
  status: number;
  title: string;
}

/** Every code an answer can carry, with its HTTP status and title. The only place where one becomes the other. */
export const errorTable = {
  invalidInput: { status: 400, title: 'The input is not understood' },
  idempotencyKeyMissing: { status: 400, title: 'An Idempotency-Key is needed' },
  signInNeeded: { status: 401, title: 'Sign in first' },
  signInRefused: { status: 401, title: 'The e-mail address or password is wrong' },
  forbidden: { status: 403, title: 'Your role does not allow this' },
  makerIsChecker: { status: 403, title: 'Somebody else must check this' },
  linkNotOurs: { status: 403, title: 'This link is not valid' },
  notFound: { status: 404, title: 'Not found' },
  stateForbids: { status: 409, title: 'The state forbids this' },
  alreadyExists: { status: 409, title: 'It exists already' },
  requestInFlight: { status: 409, title: 'The same request is being handled' },
  periodLocked: { status: 409, title: 'The period is locked' },
  linkExpired: { status: 410, title: 'This link has expired' },
  staleVersion: { status: 412, title: 'Somebody changed this meanwhile' },
  tooLarge: { status: 413, title: 'Too large' },
  ruleBroken: { status: 422, title: 'A rule of the domain says no' },
  insufficientFunds: { status: 422, title: 'There is not enough money' },
  idempotencyKeyReused: { status: 422, title: 'The Idempotency-Key was used for something else' },
  versionNeeded: { status: 428, title: 'If-Match is needed' },
  tooManyRequests: { status: 429, title: 'Too many requests' },
  unexpected: { status: 500, title: 'Something went wrong on our side' },
  notReady: { status: 503, title: 'Not ready yet' },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof errorTable;
