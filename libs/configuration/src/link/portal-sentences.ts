import { compileTemplate } from '#documents';
import { pointerPart } from '../json-text.js';
import { parametersLeft } from '../parameter-texts.js';
import { type LinkContext, reportMissing, reportPlace } from './link-context.js';
import { unknownNames } from './template-names.js';

const file = 'workflows/portal.json';

/** Follows what the sentences of public states name: variables of a case; without them a petitioner would read a gap. */
export function linkSentences(context: LinkContext, variables: ReadonlySet<string> | undefined): void {
  for (const [id, state] of Object.entries(context.set.portal?.tracking?.states ?? {})) {
    const place = `/tracking/states/${pointerPart(id)}`;
    for (const name of ['sentence', 'late', 'next'] as const)
      linkSentence(context, { place: `${place}/${name}`, source: state[name] ?? '', variables });
    if (state.due !== undefined && variables && !variables.has(state.due))
      reportMissing(context, file, `${place}/due`, { what: ['the variable', '变量'], id: state.due, known: variables });
  }
}

const isSentence = (place: string): boolean => /^\/tracking\/(states|requests\/\d+\/states)\//.test(place);

/** Follows the parameters whose value a text of the screens says; sentences of public states are followed with their variables. */
export function linkParameterTexts(context: LinkContext): void {
  const { portal, launchers, rooms, parameters } = context.set;
  const files = { portal, launchers, rooms };
  for (const [name, texts] of Object.entries(files))
    for (const { place, id } of parametersLeft(texts).filter(({ place }) => !isSentence(place)))
      reportMissing(context, `workflows/${name}.json`, place, {
        what: ['the parameter', '参数'],
        id,
        known: Object.keys(parameters),
      });
}

/** A sentence that somebody without an account reads, at a place of `portal.json`. */
export interface PlacedSentence {
  readonly place: string;
  readonly source: string;
  readonly variables: ReadonlySet<string> | undefined;
}

export function linkSentence(context: LinkContext, { place, source, variables }: PlacedSentence): void {
  const compiled = compileTemplate(source, { id: place });
  if (!compiled.ok) {
    for (const { code, message, messageZh } of compiled.problems)
      reportPlace(context, file, place, { code, text: [message, messageZh ?? message] });
    return;
  }
  if (!variables) return;
  const groups = { parameters: Object.keys(context.set.parameters) };
  for (const { text } of unknownNames(context, compiled.template.names, { variables, groups }))
    reportPlace(context, file, place, { code: 'link.unknownReference', text });
}
