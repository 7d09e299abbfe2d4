/** Of the connection itself or of a server that starts, stops or has no place: SQLSTATE and codes of the operating system. */
const LOST = new Set([
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  '25P03',
  '53300',
  '57P01',
  '57P02',
  '57P03',
  '57P05',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EPIPE',
  'ETIMEDOUT',
]);
/** The driver says these without a code. */
const TEXTS =
  /Query read timeout|Connection terminated|Connection ended|connection error|not queryable|Client was closed|timeout exceeded when trying to connect/;

/** Tells whether a failed statement means that the database cannot be reached at the moment. */
export function isConnectionLost(cause: unknown): boolean {
  if (typeof cause !== 'object' || cause === null) return false;
  const { code, driverError, errors, message, name } = cause as Record<string, unknown>;
  if (name === 'QueryRunnerAlreadyReleasedError' || LOST.has(String(code)) || TEXTS.test(String(message))) return true;
  if (Array.isArray(errors)) return errors.some(isConnectionLost);
  return driverError !== undefined && driverError !== cause && isConnectionLost(driverError);
}
