import { formPath, type ProcessEntry } from '../configuration-set.js';
import { leavesOf, sealedFields } from '../form-fields.js';
import type { LedgerColumn } from '../ledgers/declarations.js';
import { type LinkContext, reportPlace, type Sentence } from './link-context.js';

/** Top-level fields of the process' forms that hold anything sealed, each with the form that says so. */
export function sealedFieldsOf(context: LinkContext, process: ProcessEntry): ReadonlyMap<string, string> {
  const forms = process.formIds.flatMap((id) => context.set.forms.get(id) ?? []);
  return new Map(
    forms.flatMap((form) => [...sealedFields(form, context.set.roles)].map((field) => [field, form.id] as const)),
  );
}

interface SealedColumn {
  readonly path: string;
  readonly place: string;
  readonly column: LedgerColumn;
  readonly process: ProcessEntry;
}

/**
 * A column of protected content holds one field as it is, says who sees it, and is refused where its class says who
 * somebody is, or where one of those roles sees nothing of it anyway.
 */
export function linkSealedColumn(context: LinkContext, { path, place, column, process }: SealedColumn): void {
  const field = column.value?.slice(1).trim() ?? '';
  const refuse = (below: string, text: Sentence) =>
    reportPlace(context, path, `${place}${below}`, { code: 'ledger.protected', text });
  const formId = sealedFieldsOf(context, process).get(field);
  if (formId === undefined)
    return refuse('/value', [
      `Expected the name of a protected field alone but found ${column.value ?? 'nothing'}.`,
      `受保护的列只能写一个受保护字段的名称，实际为 ${column.value ?? '空'}。`,
    ]);
  if ((column.roles ?? []).length === 0)
    refuse('', [
      `Expected "roles" here: "${field}" is protected (${formPath(formId)}), so the file must say who sees the column.`,
      `“${field}”是受保护字段（${formPath(formId)}），此列必须用 "roles" 写明谁可以看。`,
    ]);
  for (const { id, name, identifies } of classesOf(context, process, field)) {
    if (identifies === true)
      refuse('/value', [
        `Expected no "${field}" in a ledger: its class "${name}" says who somebody is.`,
        `台账不得出现“${field}”：类别“${name}”能认出人。`,
      ]);
    (column.roles ?? []).forEach((role, index) => {
      const sees = context.set.roles.roles.find((one) => one.id === role)?.sees?.[id] ?? 'none';
      if (sees === 'none')
        refuse(`/roles/${index}`, [
          `Expected a role that sees the class "${name}" but "${role}" sees nothing of it (roles.json).`,
          `岗位“${role}”看不到类别“${name}”（roles.json），不能列在此处。`,
        ]);
    });
  }
}

function classesOf(context: LinkContext, process: ProcessEntry, field: string) {
  const forms = process.formIds.flatMap((id) => context.set.forms.get(id) ?? []);
  const ids = new Set(
    forms
      .flatMap(leavesOf)
      .filter((leaf) => leaf.field === field)
      .map(({ classId }) => classId),
  );
  return context.set.roles.classes.filter(({ id, sealed }) => sealed && ids.has(id));
}
