import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { isEnglish } from '../../../lib/time.js';
import { useStudioFile, useStudioReference } from '../api.js';
import { useDrafts } from '../drafts.js';
import { readJson } from '../text/json-fault.js';
import type { ChoiceLists, KnownChoices } from './column-choices.js';

const DICTIONARIES = 'workflows/dictionaries.json';
type Entry = { value?: unknown; label?: unknown; labelEn?: unknown };

/** All dictionaries as they are drafted or published, with units and roles, and which fields choose from them. */
export function useKnownChoices(): KnownChoices {
  const { i18n } = useTranslation();
  const english = isEnglish(i18n.language);
  const reference = useStudioReference().data;
  const published = useStudioFile(DICTIONARIES).data?.content;
  const content = useDrafts()[DICTIONARIES]?.content ?? published;
  return useMemo(() => {
    const read = readJson(content ?? '{}');
    const dictionaries = 'value' in read ? entriesOf(read.value) : [];
    const lists: ChoiceLists = new Map([
      ...dictionaries.map(([id, entries]) => [`dictionary:${id}`, choicesOf(entries, english)] as const),
      ...(['units', 'roles'] as const).map(
        (source) =>
          [
            `source:${source}`,
            (reference?.[source] ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ] as const,
      ),
    ]);
    return { lists, fields: reference?.fieldChoices ?? [] };
  }, [content, reference, english]);
}

function entriesOf(file: unknown): [string, Entry[]][] {
  const lists = Object.entries(typeof file === 'object' && file !== null ? file : {});
  return lists.flatMap(([id, entries]) => (Array.isArray(entries) ? [[id, entries as Entry[]]] : []));
}

function choicesOf(entries: readonly Entry[], english: boolean) {
  return entries.map(({ value, label, labelEn }) => ({
    value: String(value),
    label: String((english ? labelEn : undefined) ?? label ?? value),
  }));
}
