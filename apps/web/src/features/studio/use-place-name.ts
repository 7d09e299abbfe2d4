import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudioFile, type Problem } from './api.js';
import { useDrafts } from './drafts.js';
import { namesAt } from './place-names.js';
import { readJson } from './text/json-fault.js';

/** Where a problem lies, in the names of the rows and the words of their parts; undefined where no place is named. */
export function usePlaceName({ file = '', place, elementId }: Problem): string | undefined {
  const { t } = useTranslation();
  const drafted = useDrafts()[file]?.content;
  const isAsked = place !== undefined && elementId === undefined && file.endsWith('.json');
  const published = useStudioFile(file, isAsked && drafted === undefined).data?.content;
  const content = drafted ?? published;
  const names = useMemo(() => {
    const read = readJson(isAsked ? (content ?? '') : '');
    return isAsked && place !== undefined && 'value' in read ? namesAt(read.value, place) : undefined;
  }, [content, isAsked, place]);
  if (names === undefined) return undefined;
  const { rows, part } = names;
  const word = part === '' ? [] : [t(`studio.table.column.${part}`, { defaultValue: part })];
  return [...rows, ...word].join(' › ');
}
