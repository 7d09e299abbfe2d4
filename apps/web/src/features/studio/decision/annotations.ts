import type DmnModeler from 'dmn-js/lib/Modeler';

type Annotation = { $type: string; text?: string; $parent?: unknown };
export type Rule = {
  $model: { create: (type: string, attributes: object) => Annotation };
  description?: string;
  annotationEntry?: Annotation[];
};
type Logic = { annotation?: unknown[]; rule?: Rule[] };
export type Definitions = { drgElement?: { decisionLogic?: Logic }[] };

/**
 * dmn-js shows the description of a rule in its annotation column and ignores the annotations of DMN 1.3; here the
 * first annotation is shown there, and written back to its own place. Tables without an annotation column stay as they are.
 */
export function showAnnotations(modeler: DmnModeler, definitions: Definitions): void {
  annotationsToDescriptions(definitions);
  modeler.on('saveXML.start', () => descriptionsToAnnotations(definitions));
  modeler.on('saveXML.done', () => annotationsToDescriptions(definitions));
}

export function annotationsToDescriptions(definitions: Definitions): void {
  for (const rule of annotatedRules(definitions)) {
    const text = rule.annotationEntry?.[0]?.text;
    if (text) rule.description = text;
  }
}

export function descriptionsToAnnotations(definitions: Definitions): void {
  for (const rule of annotatedRules(definitions)) {
    const [first, ...others] = rule.annotationEntry ?? [];
    const entry = first ?? rule.$model.create('dmn:RuleAnnotation', {});
    entry.text = rule.description ?? '';
    entry.$parent = rule;
    rule.annotationEntry = [entry, ...others];
    delete rule.description;
  }
}

function annotatedRules({ drgElement = [] }: Definitions): Rule[] {
  const tables = drgElement.flatMap(({ decisionLogic }) => (decisionLogic?.annotation?.length ? [decisionLogic] : []));
  return tables.flatMap(({ rule = [] }) => rule);
}
