import { NUMERATOR_FROM, type IndicatorEntry } from '../ledgers/entries.js';
import { refuse } from './ledger-refusal.js';
import { type LinkContext, reportMissing } from './link-context.js';

/** Checks what an indicator counts, by its kind, and the parameters that it names. */
export function linkIndicator(context: LinkContext, { path, declaration, formulas }: IndicatorEntry): void {
  const { kind, suppress, small, lengths, readers, numeratorFrom } = declaration;
  const isOfMeans = kind === 'mean' || (kind === 'difference' && declaration.value !== undefined);
  const parts = {
    numerator: !isOfMeans && numeratorFrom === undefined,
    value: isOfMeans,
    compare: kind === 'difference',
  };
  const [beside, besideZh] = numeratorFrom ? [' with "numeratorFrom"', '写了 "numeratorFrom"，'] : ['', ''];
  for (const [name, isWanted] of Object.entries(parts)) {
    const isThere = declaration[name as keyof typeof parts] !== undefined;
    if (isThere !== isWanted)
      refuse(context, path, isThere ? `/${name}` : '', [
        `Expected ${isWanted ? 'a' : 'no'} "${name}" in an indicator of kind ${kind}${beside}.`,
        `类型为 ${kind} 的指标${besideZh}${isWanted ? '要' : '不'}写 "${name}"。`,
      ]);
  }
  for (const name of ['numerator', 'value'] as const)
    if (formulas.get(`/${name}`)?.reads.length === 0)
      refuse(context, path, `/${name}`, [
        `Expected a formula that reads something of the matter but "${declaration[name] ?? ''}" is the same for all.`,
        `公式“${declaration[name] ?? ''}”不读取任何内容，每一件都一样，这样的指标没有意义。`,
      ]);
  linkSides(context, path, declaration);
  readers.forEach(({ ownUnit }, index) => {
    if (ownUnit !== undefined && (ownUnit !== 'unit' || declaration.unit === undefined))
      refuse(context, path, `/readers/${index}/ownUnit`, [
        'Expected "unit" here, and a formula "unit" in the indicator.',
        '此处应写 "unit"，并在指标中写公式 "unit"。',
      ]);
  });
  const parameter = Object.hasOwn(context.set.parameters, suppress) ? context.set.parameters[suppress] : undefined;
  if (!parameter)
    reportMissing(context, path, '/suppress', {
      what: ['the parameter', '参数'],
      id: suppress,
      known: Object.keys(context.set.parameters),
    });
  else if (typeof parameter.value !== 'number' || parameter.value < 1)
    refuse(context, path, '/suppress', [
      `Expected the parameter "${suppress}" to be a number from 1.`,
      `参数“${suppress}”应为不小于 1 的数。`,
    ]);
  linkTarget(context, path, declaration);
  if (small === 'hide' && lengths.length > 1)
    refuse(context, path, '/lengths', [
      'Expected one length of period where small numbers are hidden: two would let them be found by subtraction.',
      '隐去小数的指标只能有一种周期：两种周期相减就能得出被隐去的数。',
    ]);
}

/** Sides that are counted apart make a rate and nothing else. */
function linkSides(context: LinkContext, path: string, { kind, numeratorFrom }: IndicatorEntry['declaration']): void {
  if (!numeratorFrom || kind === 'ratio') return;
  refuse(context, path, NUMERATOR_FROM, [
    `Expected no "numeratorFrom" in an indicator of kind ${kind}.`,
    `类型为 ${kind} 的指标不写 "numeratorFrom"。`,
  ]);
}

/** A difference has no target: it is looked into from its `alert` on. */
function linkTarget(context: LinkContext, path: string, { kind, target }: IndicatorEntry['declaration']): void {
  if (!target) return;
  if (kind === 'difference')
    refuse(context, path, '/target', [
      'Expected no "target" in an indicator of kind difference: "compare.alert" says from when on it is looked into.',
      '类型为 difference 的指标不写 "target"：用 "compare.alert" 表示从多少起需要关注。',
    ]);
  for (const [side, wanted] of Object.entries(target)) {
    if (typeof wanted !== 'string') continue;
    const parameter = Object.hasOwn(context.set.parameters, wanted) ? context.set.parameters[wanted] : undefined;
    if (typeof parameter?.value === 'number') continue;
    const known = Object.entries(context.set.parameters).flatMap(([id, { value }]) =>
      typeof value === 'number' ? [id] : [],
    );
    reportMissing(context, path, `/target/${side}`, {
      what: ['the parameter with a number', '数值参数'],
      id: wanted,
      known,
    });
  }
}
