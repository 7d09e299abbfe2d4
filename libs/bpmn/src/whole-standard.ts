interface ModdleProperty {
  name: string;
  type: string;
  xml?: { readonly serialize: string };
  readonly ns: { name: string; localName: string };
}

/** Expressions and events that the reader would write under the name of their type instead of their own. */
const named: Readonly<Record<string, readonly string[]>> = {
  'bpmn:CorrelationPropertyRetrievalExpression': ['messagePath'],
  'bpmn:CorrelationPropertyBinding': ['dataPath'],
  'bpmn:ComplexBehaviorDefinition': ['condition', 'event'],
};

/** What every moddle carries: the description of all types. */
interface Described {
  readonly registry: { readonly typeMap: Readonly<Record<string, { properties: ModdleProperty[] }>> };
}

/**
 * Lets a moddle, also that of a modeler, keep what the standard's schema (BPMN20.xsd, Semantic.xsd) knows: its description
 * lacks the names of some parts of correlations and complex behavior, and calls `messageFlowRef` of a conversation otherwise.
 */
export function keepWholeStandard(moddle: unknown): void {
  const { typeMap } = (moddle as Described).registry;
  for (const [type, names] of Object.entries(named)) {
    for (const property of typeMap[type]?.properties ?? [])
      if (names.includes(property.ns.localName)) keepName(property);
  }
  for (const property of typeMap['bpmn:ConversationNode']?.properties ?? [])
    if (property.ns.localName === 'messageFlowRefs') rename(property, 'messageFlowRef');
  for (const [type, names] of Object.entries(wholeNumbers)) {
    for (const property of typeMap[type]?.properties ?? [])
      if (names.includes(property.ns.localName)) property.type = 'String';
  }
}

/** Numbers whose text is kept, for the library reads `1.5` as 1. */
const wholeNumbers: Readonly<Record<string, readonly string[]>> = {
  'bpmn:Activity': ['startQuantity', 'completionQuantity'],
  'bpmn:StandardLoopCharacteristics': ['loopMaximum'],
};

/** An expression also keeps whether the file says that it is a formal one. */
function keepName(property: ModdleProperty): void {
  property.xml = { serialize: 'xsi:type' };
  if (property.type === 'bpmn:FormalExpression') property.type = 'bpmn:Expression';
}

function rename(property: ModdleProperty, localName: string): void {
  property.name = `bpmn:${localName}`;
  Object.assign(property.ns, { name: property.name, localName });
}
