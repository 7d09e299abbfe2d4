import { DocumentTooLarge } from '#documents';
import { Refusal } from '../problems/refusal.js';

/** Runs what makes a document; where it passes a limit of size or time, the answer names the place and the limit. */
export function withinLimits<T>(place: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof DocumentTooLarge ? refusalOf(place, error) : error;
  }
}

function refusalOf(place: string, { message, messageZh, line }: DocumentTooLarge): Refusal {
  const [at, atZh] = line === undefined ? ['', ''] : [`:${line}`, `第 ${line} 行`];
  return new Refusal('payloadTooLarge', `${place}${at}: ${message}`, { zh: `文书“${place}”${atZh}：${messageZh}` });
}
