import { formPath, processPath } from '../configuration-set.js';
import { type LinkContext, reportMissing, reportPlace, type Sentence } from './link-context.js';
import { hasNoneStart, startMessages } from './message-links.js';

interface Start {
  readonly file: string;
  readonly place: string;
  readonly start: { readonly processId: string; readonly startMessage?: string };
}

/** A way to start a process leads to one that can be started so. */
export function expectStart(context: LinkContext, { file, place, start }: Start): void {
  const process = expectProcess(context, file, `${place}/processId`, start.processId);
  if (!process) return;
  const messages = startMessages(process.definition);
  if (start.startMessage !== undefined && !messages.includes(start.startMessage))
    reportMissing(context, file, `${place}/startMessage`, {
      what: [`in process "${start.processId}" the start message`, `流程“${start.processId}”的开始消息`],
      id: start.startMessage,
      known: messages,
    });
  if (start.startMessage === undefined && !hasNoneStart(process.definition)) {
    const text: Sentence = [
      `Expected "startMessage" because process "${start.processId}" has no plain start event.`,
      `流程“${start.processId}”没有普通开始事件，请写明 startMessage。`,
    ];
    reportPlace(context, file, `${place}/processId`, { code: 'link.missingStart', text });
  }
}

/** Nothing is said of a process whose own file has faults. */
export function expectProcess(context: LinkContext, file: string, place: string, id: string) {
  const process = context.set.processes.find((one) => one.id === id);
  const known = context.set.processes.map((one) => one.id);
  if (!process && !context.set.files.has(processPath(id)))
    reportMissing(context, file, place, { what: ['the process', '流程'], id, known });
  return process;
}

/** Nothing is said of a form whose own file has faults. */
export function expectForm(context: LinkContext, file: string, place: string, id: string | undefined): void {
  if (id === undefined || context.set.forms.has(id) || context.set.files.has(formPath(id))) return;
  reportMissing(context, file, place, { what: ['the form', '表单'], id, known: context.set.forms.keys() });
}
