import type { ConfigurationSet, DecisionEntry, ProcessEntry } from '../configuration-set.js';
import type { ProtectiveChange } from '../protective-changes.js';
import { termsOf, termVariables, type Term } from './terms.js';

type Comparable = Pick<ConfigurationSet, 'processes' | 'decisions' | 'readModel'>;
type Variables = ReadonlySet<string>;

/** Due dates, timers and what they are worked out from, decision tables among it, that say something else than before. */
export function termChanges(before: Comparable, after: Comparable): readonly ProtectiveChange[] {
  const variables = termVariables(before);
  return [
    ...before.processes.flatMap((was) => {
      const is = after.processes.find(({ id }) => id === was.id);
      return is ? processChanges(was, is, variables) : [];
    }),
    ...decisionChanges(before, after, variables),
  ];
}

function processChanges(before: ProcessEntry, after: ProcessEntry, variables: Variables): readonly ProtectiveChange[] {
  const [was, is] = [before, after].map((process) => sourcesOf(termsOf(process, variables)));
  const elements = [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])];
  return elements.flatMap((id): readonly ProtectiveChange[] => {
    const parts = differences(was?.get(id) ?? new Map(), is?.get(id) ?? new Map(), variables);
    if (parts.length === 0) return [];
    const [name] = [after, before].map((process) => nameOf(process, id)).filter(Boolean);
    const messageZh = `流程“${after.definition.name || after.id}”的步骤“${name ?? id}”：${parts.join('；')}。`;
    return [{ code: 'term', file: after.path, place: id, messageZh }];
  });
}

function nameOf({ definition }: ProcessEntry, id: string): string | undefined {
  const index = definition.indexById.get(id);
  return index === undefined ? undefined : definition.elements[index]?.name;
}

type Sources = ReadonlyMap<string, Pick<Term, 'source' | 'gives'>>;

/** Terms by element and name; several of one name, such as the conditions at a gateway, count as one. */
function sourcesOf(terms: readonly Term[]): ReadonlyMap<string, Sources> {
  const elements = new Map<string, Map<string, Pick<Term, 'source' | 'gives'>>>();
  for (const { elementId, name, source, gives } of terms) {
    const named = elements.get(elementId) ?? new Map<string, Pick<Term, 'source' | 'gives'>>();
    const other = named.get(name)?.source;
    named.set(name, { source: other === undefined ? source : `${other}；${source}`, ...(gives && { gives }) });
    elements.set(elementId, named);
  }
  return elements;
}

/** A term that is new takes nothing away, unless it gives a variable that others already count by. */
function differences(was: Sources, is: Sources, variables: Variables): readonly string[] {
  const gone = [...was].flatMap(([name, { source }]) => {
    const now = is.get(name)?.source;
    if (now === source) return [];
    return [now === undefined ? `取消了${name}“${source}”` : `${name}由“${source}”改为“${now}”`];
  });
  const made = [...is].flatMap(([name, { source, gives = '' }]) =>
    !was.has(name) && variables.has(gives) ? [`${name}改由“${source}”得出`] : [],
  );
  return [...gone, ...made];
}

function decisionChanges(before: Comparable, after: Comparable, variables: Variables): readonly ProtectiveChange[] {
  const deciding = new Set(decisionsGiving(before, variables));
  return before.decisions
    .filter(({ id }) => deciding.has(id))
    .flatMap((was): readonly ProtectiveChange[] => {
      const is = after.decisions.find(({ id }) => id === was.id);
      if (is && logicOf(is) === logicOf(was)) return [];
      const text = is ? '的规则有改动' : '被删除';
      return [{ code: 'decision', file: was.path, place: was.id, messageZh: `期限所依据的决策“${was.name}”${text}。` }];
    });
}

const decisionsGiving = ({ processes }: Comparable, variables: Variables): readonly string[] =>
  processes.flatMap(({ definition }) =>
    definition.elements.flatMap(({ calledDecision }) =>
      calledDecision && variables.has(calledDecision.resultVariable) ? [calledDecision.decisionId] : [],
    ),
  );

/** What a DMN file decides: its text without drawing, names for people, notes and line breaks. */
function logicOf({ xml }: DecisionEntry): string {
  return xml
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(\w+:)?DMNDI\b[\s\S]*<\/\1DMNDI>/g, '')
    .replace(/<(\w+:)?(description|annotation|annotationEntry)\b[\s\S]*?(?:\/>|<\/\1\2>)/g, '')
    .replace(/\s(label|exporter|exporterVersion)="[^"]*"/g, '')
    .replace(/(<(?:\w+:)?(?:definitions|decision)\b[^>]*?)\sname="[^"]*"/g, '$1')
    .replace(/>\s+</g, '><')
    .trim();
}
