import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudioFile, type Problem } from './api.js';
import { placeInTable } from './decision-places.js';
import { useDrafts } from './drafts.js';
import { useFileTitle } from './file-title.js';
import { fieldNames, namesAt, type PlaceName } from './place-names.js';
import { readJson } from './text/json-fault.js';
import { useAllFiles } from './use-all-files.js';

/** Where a problem lies: what people call it, from the file down, and beside that how the files write it. */
export type ProblemPlace = { file: string[]; inside: string[]; address: string[] };

export function useProblemPlace(problem: Problem): ProblemPlace {
  const { t } = useTranslation();
  const { file = '', elementId, elementName, place, line } = problem;
  return {
    file: useFileNames(file),
    inside: useNamesInside(problem),
    address: [
      file,
      elementId === elementName ? '' : (elementId ?? ''),
      elementId === undefined ? (place ?? '') : '',
      line === undefined ? '' : t('studio.line', { line }),
    ].filter(Boolean),
  };
}

/** The title of a file; of one that every process may have, the process before it. */
export function useFileNames(path: string): string[] {
  const files = useAllFiles();
  const fileTitle = useFileTitle();
  const file = files.find((one) => one.path === path);
  if (!file) return [];
  const { processId, kind } = file;
  const isNamedAlike = kind === 'settings' || kind === 'scenarios' || kind === 'readme';
  const process = files.find((one) => one.kind === 'process' && one.processId === processId);
  return isNamedAlike && processId !== undefined && process ? [process.title, fileTitle(file)] : [fileTitle(file)];
}

function useNamesInside({ file = '', place, elementId, elementName }: Problem): string[] {
  const { t } = useTranslation();
  const isTable = file.endsWith('.dmn') && elementId !== undefined;
  const isJson = file.endsWith('.json') && place !== undefined && elementId === undefined;
  const drafted = useDrafts()[file]?.content;
  const published = useStudioFile(file, (isTable || isJson) && drafted === undefined).data?.content;
  const content = drafted ?? published ?? '';
  const names = useMemo(
    () => (isJson ? namesInJson({ file, content, place }) : undefined),
    [isJson, file, content, place],
  );
  if (isTable) {
    const { decision, row, column } = placeInTable(content, elementId) ?? {};
    const told = [decision, column, row === undefined ? '' : t('studio.check.row', { row })].filter(Boolean);
    return told.length > 0 ? (told as string[]) : [elementName ?? elementId];
  }
  if (elementName !== undefined || elementId !== undefined) return [elementName ?? elementId ?? ''];
  if (names === undefined) return [];
  const { rows, part } = names;
  const word = t(`studio.fields.keyword.${part}`, { defaultValue: part });
  return part === '' ? [...rows] : [...rows, t(`studio.table.column.${part}`, { defaultValue: word })];
}

function namesInJson({
  file,
  content,
  place,
}: {
  file: string;
  content: string;
  place: string;
}): PlaceName | undefined {
  const read = readJson(content);
  if (!('value' in read)) return undefined;
  const isForm = /^forms\/.*\.form\.json$/.test(file);
  return (isForm ? fieldNames(read.value, place) : undefined) ?? namesAt(read.value, place);
}
