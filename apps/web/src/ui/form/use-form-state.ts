import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldProblem, FormData, FormFile, JsonSchema } from '../../lib/api-types.js';
import { checkForm } from '../../lib/form-check.js';
import { effectiveForm, type Effective, type FormRules } from '../../lib/form-engine.js';
import { isEnglish } from '../../lib/time.js';

export type FormState = {
  effective: Effective;
  original: FormData;
  problems: FieldProblem[];
  isChanged: boolean;
  change: (data: FormData) => void;
  /** Checks everything, or the fields of one page; true when nothing is to be mended. */
  check: (page?: number) => boolean;
  /** Shows what the server found; each message goes when its field is changed. */
  refuse: (fields: FieldProblem[]) => void;
};

type Options = {
  form: FormFile;
  data: FormData;
  rules: Omit<FormRules, 'language' | 'now'>;
  /** ISO time that the rules read as `now()`; the device's own clock when it is missing. */
  at?: string;
};

/** Holds what is typed into a form, applies the form's rules at every change and checks on demand. */
export function useFormState({ form, data, rules, at }: Options): FormState {
  const { t, i18n } = useTranslation();
  const language = isEnglish(i18n.language) ? 'en' : 'zh';
  const [now] = useState(() => (at ? Date.parse(at) : Date.now()));
  const evaluate = useCallback(
    (values: FormData, isOpening = false) => effectiveForm(form, values, { ...rules, language, now }, isOpening),
    [form, rules, language, now],
  );
  const [original] = useState(() => withFirstRows(evaluate(data, true)));
  const [values, setValues] = useState(original);
  const [isChanged, setChanged] = useState(false);
  const [checked, setChecked] = useState<string[]>([]);
  const [refused, setRefused] = useState<FieldProblem[]>([]);
  const effective = useMemo(() => evaluate(values), [evaluate, values]);

  const found = useMemo(
    () => checkForm(effective.schema, effective.data, (key, values) => t(key, values ?? {})),
    [effective, t],
  );
  const problems = useMemo(() => {
    const own = found.filter(({ path }) => checked.includes(topOf(path)));
    return [...own, ...refused.filter(({ path }) => !own.some((problem) => problem.path === path))];
  }, [found, checked, refused]);

  const change = (next: FormData) => {
    if (JSON.stringify(next) === JSON.stringify(effective.data)) return;
    const changed = Object.keys({ ...next, ...values }).filter((name) => !same(next[name], values[name]));
    setRefused((known) => known.filter(({ path }) => !changed.includes(topOf(path))));
    setValues({ ...next, ...asOpened(next) });
    setChanged(true);
  };
  /** A field that comes into sight begins as it would have when the form was opened. */
  const asOpened = (next: FormData): FormData => {
    const fresh = namesOf(evaluate(next)).filter((name) => !namesOf(effective).includes(name));
    if (fresh.length === 0) return {};
    const opened = withFirstRows(evaluate(next, true));
    return Object.fromEntries(fresh.flatMap((name) => (name in opened ? [[name, opened[name]]] : [])));
  };
  const check = (page?: number) => {
    const shown = page === undefined ? undefined : effective.ui.pages?.[page];
    const names = shown ? [...shown.fields, ...(shown.more ?? [])] : namesOf(effective);
    setChecked((known) => [...new Set([...known, ...names])]);
    return !found.some(({ path }) => names.includes(topOf(path)));
  };
  return { effective, original, problems, isChanged, change, check, refuse: setRefused };
}

function namesOf({ schema }: Effective): string[] {
  return Object.keys((schema.properties ?? {}) as object);
}

/** A group that must have a row opens with one, so that nobody has to ask for the field they must fill. */
function withFirstRows({ schema, data }: Effective): FormData {
  const required = (schema.required ?? []) as string[];
  const fields = (schema.properties ?? {}) as Record<string, JsonSchema>;
  const empty = required.filter((name) => isGroup(fields[name]) && data[name] === undefined);
  return { ...data, ...Object.fromEntries(empty.map((name) => [name, [{}]])) };
}

function isGroup(field: JsonSchema | undefined): boolean {
  const items = field?.items as JsonSchema | undefined;
  return items?.type === 'object' && items['x-file'] === undefined;
}

function topOf(path: string): string {
  return path.split('/')[1] ?? '';
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
