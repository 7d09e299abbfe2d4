import type { Related } from '../ledgers/declarations.js';
import type { IndicatorEntry, LedgerEntry } from '../ledgers/entries.js';
import { factNames } from '../ledgers/facts.js';
import { sealedFieldsOf } from './ledger-sealed.js';
import { refuse } from './ledger-refusal.js';
import { type LinkContext, reportMissing } from './link-context.js';
import { protectedVariables } from './protection.js';
import { refuseDoubles } from './references.js';

type Known = ReadonlyMap<string, ReadonlySet<string>> | undefined;

/** Checks what else of its case a declaration reads: processes and open variables that there are, under names of their own. */
export function linkRelated(
  context: LinkContext,
  { path, declaration }: LedgerEntry | IndicatorEntry,
  known: Known,
): void {
  const { process, related = [] } = declaration;
  const names = related.map(({ as }) => as);
  refuseDoubles(context, path, '/related', names);
  related.forEach((one, index) => {
    const place = `/related/${index}`;
    if (isTaken(one.as, known?.get(process)))
      refuse(context, path, `${place}/as`, [
        `Expected a name of its own but "${one.as}" is a fact or a variable of the process.`,
        `“${one.as}”已是事实或流程变量的名称，请另取一个。`,
      ]);
    linkOne(context, { path, place, related: one, variables: known?.get(one.process) });
  });
}

const isTaken = (name: string, variables: ReadonlySet<string> | undefined): boolean =>
  (factNames as readonly string[]).includes(name) || variables?.has(name) === true;

interface Placed {
  readonly path: string;
  readonly place: string;
  readonly related: Related;
  readonly variables: ReadonlySet<string> | undefined;
}

function linkOne(context: LinkContext, { path, place, related, variables }: Placed): void {
  const process = context.set.processes.find(({ id }) => id === related.process);
  if (!process) {
    if (context.broken.has('process')) return;
    const known = context.set.processes.map(({ id }) => id);
    return reportMissing(context, path, `${place}/process`, {
      what: ['the process', '流程'],
      id: related.process,
      known,
    });
  }
  const sealed = sealedFieldsOf(context, process);
  const guarded = protectedVariables(context, process);
  related.variables.forEach((id, index) => {
    const at = `${place}/variables/${index}`;
    if (sealed.has(id) || guarded.has(id))
      refuse(context, path, at, [
        `Expected open variables but "${id}" is protected.`,
        `只能读公开变量，“${id}”受保护。`,
      ]);
    else if (variables && !variables.has(id))
      reportMissing(context, path, at, { what: ['the variable', '变量'], id, known: [...variables] });
  });
}
