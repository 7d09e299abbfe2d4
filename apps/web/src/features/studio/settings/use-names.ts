import { useMemo } from 'react';
import type { Named } from '../../../lib/api-types.js';
import { useReference } from '../../../lib/api/session.js';
import { useStudioFile, useStudioReference } from '../api.js';
import { useDrafts } from '../drafts.js';
import { readJson } from '../text/json-fault.js';

/** What a cell may name, each with what people call it. */
export type Names = {
  units: Named[];
  posts: Named[];
  roles: Named[];
  processes: Named[];
  dictionaries: Named[];
  /** Formats of messages to groups, of the file that is edited. */ formats: Named[];
  /** Values of the dictionaries that the rows already choose from. */ categories: Named[];
};

const ORGANIZATION = 'workflows/organization.json';

/** Units and posts as they stand in the file that is edited, or else in the draft or the published organization. */
export function useNamesOf(value: unknown): Names {
  const reference = useStudioReference().data;
  const dictionaries = useReference().data?.dictionaries;
  const published = useStudioFile(ORGANIZATION).data?.content;
  const drafted = useDrafts()[ORGANIZATION]?.content;
  return useMemo(() => {
    const own = value as { units?: unknown; posts?: unknown } | undefined;
    const read = readJson(drafted ?? published ?? '{}');
    const organization = ('value' in read ? read.value : {}) as { units?: unknown; posts?: unknown };
    return {
      units: namedIn(own?.units ?? organization.units),
      posts: namedIn(own?.posts ?? organization.posts),
      roles: reference?.roles ?? [],
      processes: reference?.processes ?? [],
      dictionaries: Object.entries(dictionaries ?? {}).map(([id, entries]) => ({ id, name: labelsOf(id, entries) })),
      categories: categoriesOf(value, dictionaries ?? {}),
      formats: formatsIn(value),
    };
  }, [value, reference, dictionaries, published, drafted]);
}

type Dictionaries = Readonly<Record<string, readonly { value: string | number; label: string }[]>>;

/** A dictionary has no name: its first choices tell it. */
export function labelsOf(id: string, entries: readonly { label: unknown }[]): string {
  const labels = entries.slice(0, 3).map(({ label }) => String(label));
  return `${labels.join('、')}${entries.length > 3 ? '…' : ''} · ${id}`;
}

function categoriesOf(rows: unknown, dictionaries: Dictionaries): Named[] {
  const list = Array.isArray(rows) ? (rows as { categories?: unknown[] }[]) : [];
  const used = new Set(list.flatMap(({ categories }) => categories ?? []));
  return Object.values(dictionaries)
    .filter((entries) => entries.some(({ value }) => used.has(value)))
    .flatMap((entries) => entries.map(({ value, label }) => ({ id: String(value), name: `${value} ${label}` })));
}

function formatsIn(value: unknown): Named[] {
  const { chat } = (value ?? {}) as { chat?: { formats?: Record<string, { name?: unknown } | null> } };
  return Object.entries(chat?.formats ?? {}).map(([id, one]) => ({ id, name: String(one?.name ?? id) }));
}

function namedIn(list: unknown): Named[] {
  if (!Array.isArray(list)) return [];
  return list.filter((one: Partial<Named> | null): one is Named => typeof one?.id === 'string' && one.id !== '');
}
