/** Writes small DMN files for specs. */
export const NAMESPACE = 'https://www.omg.org/spec/DMN/20191111/MODEL/';

export const definitionsOf = (namespace: string, body: string): string =>
  `<definitions xmlns="${NAMESPACE}" id="d" name="受理" namespace="${namespace}">${body}</definitions>`;

export const file = (body: string): string => definitionsOf('http://test', body);

const entry = (kind: string) => (text: string) => `<${kind}><text><![CDATA[${text}]]></text></${kind}>`;

/** `rule('< 5 | "a" => 1 | 2', 0)` */
const rule = (cells: string, index: number): string => {
  const [inputs = '', outputs = ''] = cells.split(' => ');
  return `<rule id="r${index + 1}">${inputs.split(' | ').map(entry('inputEntry')).join('')}${outputs.split(' | ').map(entry('outputEntry')).join('')}</rule>`;
};

/** An input column: `n`, `n: number`, `n: number in [0..10]`. */
const input = (text: string): string => {
  const [, name = text, type, values] = /^(.*?)(?:: (.*?))?(?: in (.*))?$/.exec(text) ?? [];
  const typeRef = type === undefined ? '' : ` typeRef="${type}"`;
  const allowed = values === undefined ? '' : `<inputValues><text><![CDATA[${values}]]></text></inputValues>`;
  return `<input label="${name}"><inputExpression${typeRef}><text>${name}</text></inputExpression>${allowed}</input>`;
};

/** An output column: `a`, `a: number`, `a: number in 1, 2 else 0`. */
export const output = (text: string): string => {
  const [, name = text, type, values, otherwise] = /^(.*?)(?:: (.*?))?(?: in (.*?))?(?: else (.*))?$/.exec(text) ?? [];
  const part = (element: string, content: string | undefined) =>
    content === undefined ? '' : `<${element}><text><![CDATA[${content}]]></text></${element}>`;
  const typeRef = type === undefined ? '' : ` typeRef="${type}"`;
  return `<output name="${name}"${typeRef}>${part('outputValues', values)}${part('defaultOutputEntry', otherwise)}</output>`;
};

export const table = (attributes: string, inputs: string[], outputs: string, rules: string[]): string =>
  `<decisionTable ${attributes}>${inputs.map(input).join('')}${outputs}${rules.map(rule).join('')}</decisionTable>`;

export const informationOf = (id: string, kind: 'Input' | 'Decision'): string =>
  `<informationRequirement><required${kind} href="#${id}"/></informationRequirement>`;

export const knowledgeOf = (id: string): string =>
  `<knowledgeRequirement><requiredKnowledge href="#${id}"/></knowledgeRequirement>`;

export const decision = (id: string, logic: string, requires: string[] = []): string =>
  `<decision id="${id}" name="${id}"><variable name="${id}"/>${requires.map((each) => informationOf(each, 'Decision')).join('')}${logic}</decision>`;

export const literal = (text: string, typeRef?: string): string =>
  `<literalExpression${typeRef === undefined ? '' : ` typeRef="${typeRef}"`}><text><![CDATA[${text}]]></text></literalExpression>`;

export const inputData = (id: string, typeRef?: string): string =>
  `<inputData id="${id}" name="${id}"><variable name="${id}"${typeRef === undefined ? '' : ` typeRef="${typeRef}"`}/></inputData>`;

/** A business knowledge model; parameters may be typed: `n: number`. */
export const knowledge = (id: string, parameters: string[], body: string): string =>
  `<businessKnowledgeModel id="${id}" name="${id}"><encapsulatedLogic>${parameters.map(parameter).join('')}${body.startsWith('<') ? body : literal(body)}</encapsulatedLogic></businessKnowledgeModel>`;

const parameter = (text: string): string => {
  const [name = '', type] = text.split(': ');
  return `<formalParameter name="${name}"${type === undefined ? '' : ` typeRef="${type}"`}/>`;
};

/** An item definition: `itemDefinition('t', 'number', '<allowedValues>…')`. */
export const itemDefinition = (name: string, typeRef: string, content = '', attributes = ''): string =>
  `<itemDefinition name="${name}" ${attributes}><typeRef>${typeRef}</typeRef>${content}</itemDefinition>`;

export const allowedValues = (text: string): string =>
  `<allowedValues><text><![CDATA[${text}]]></text></allowedValues>`;

export const OUT = '<output name="结果"/>';
