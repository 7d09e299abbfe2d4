import { type Logger, pino } from 'pino';

/** Structured log on standard output. Never holds addresses of people, bodies of requests or contents of cases. */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['req', 'request', 'body', 'headers', 'password', '*.password', 'err.parameters', 'err.query'],
      remove: true,
    },
  });
}
