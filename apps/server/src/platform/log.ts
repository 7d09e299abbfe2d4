import { type DestinationStream, type Logger, pino } from 'pino';

export type LogDestination = DestinationStream;

/** Structured log, on standard output where no destination is given. Never holds addresses of people, bodies of requests or contents of cases. */
export function createLog(level: string, destination?: LogDestination): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['req', 'request', 'body', 'headers', 'password', '*.password', 'err.parameters', 'err.query'],
      remove: true,
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
