import type { DocumentEntry } from '../configuration-set.js';
import type { LinkContext } from './link-context.js';
import { type KnownNames, unknownNames } from './template-names.js';

type Known = ReadonlyMap<string, ReadonlySet<string>>;

/** Follows what the templates of documents name: variables of a process that makes them, what the platform gives, dictionaries. */
export function linkDocumentNames(context: LinkContext, known: Known): void {
  for (const entry of context.set.documents.values()) {
    const names = knownTo(context, known, entry);
    for (const { line, text } of unknownNames(context, entry.compiled.names, names))
      context.report({
        severity: 'error',
        code: 'link.unknownReference',
        message: text[0],
        messageZh: text[1],
        file: entry.templatePath,
        line,
      });
  }
}

function knownTo({ set }: LinkContext, known: Known, entry: DocumentEntry): KnownNames {
  const makers = set.processes.filter(
    ({ id, definition }) =>
      id === entry.processId || definition.elements.some(({ job }) => job?.headers['document'] === entry.id),
  );
  return {
    variables: new Set([
      'portalUrl',
      ...(entry.receipt === true ? ['trackingCode'] : []),
      ...makers.flatMap(({ id }) => [...(known.get(id) ?? [])]),
    ]),
    groups: {
      case: ['no', 'createdAt', 'startedBy'],
      document: ['no', 'date'],
      organization: ['name'],
      parameters: Object.keys(set.parameters),
    },
  };
}
