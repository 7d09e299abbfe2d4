import type { Problem } from '#bpmn';
import type { CompileOptions } from '#feel';
import { DmnCompiler } from './compiler.js';
import { chainText, dependenciesFirst } from './dependencies-first.js';
import { readGraph, type DrgFile } from './drg.js';
import { hasType, isKnownType, readTypes, type TypeTable } from './types.js';
import { childrenOf, readXml, typeRefOf, type XmlElement } from './xml-tree.js';

export interface LoadedFile {
  readonly definitions: XmlElement;
  readonly file: DrgFile;
  readonly types: TypeTable;
  /** All names in the file and in what it imports; those of several words or with signs are needed to read FEEL. */
  readonly names: readonly string[];
  readonly problems: readonly Problem[];
}

/** Reads a file and those of `imports` that it needs, each once, imported files first. */
export function loadFile(xml: string, imports: readonly string[]): LoadedFile | { readonly problems: Problem[] } {
  const main = definitionsOf(xml);
  if ('problem' in main) return { problems: [main.problem] };
  const others = new Map<string, XmlElement>();
  for (const text of importsIn(main.definitions).length > 0 ? imports : []) {
    const read = definitionsOf(text);
    if ('definitions' in read && !others.has(namespaceOf(read.definitions)))
      others.set(namespaceOf(read.definitions), read.definitions);
  }
  const known = new Map([...others, [namespaceOf(main.definitions), main.definitions]]);
  const found = dependenciesFirst([main.definitions], (definitions) =>
    importsIn(definitions).flatMap((element) => known.get(element.attributes['namespace'] ?? '') ?? []),
  );
  if ('cycle' in found) return { problems: [importCycle(found.cycle, main.definitions)] };
  const loaded = new Map<string, LoadedFile>();
  for (const definitions of found.order) loaded.set(namespaceOf(definitions), compileFile(definitions, loaded));
  return loaded.get(namespaceOf(main.definitions)) as LoadedFile;
}

function definitionsOf(xml: string): { readonly definitions: XmlElement } | { readonly problem: Problem } {
  const tree = readXml(xml);
  if ('fault' in tree) {
    const { code, message, line } = tree.fault;
    return { problem: { severity: 'error', code: `dmn.${code}`, message, line } };
  }
  const { root } = tree;
  if (root.name === 'definitions') return { definitions: root };
  const message = 'Expected DMN definitions (namespace of DMN 1.1 to 1.6).';
  return { problem: { severity: 'error', code: 'dmn.notDmn', message, line: root.line } };
}

function namespaceOf(definitions: XmlElement): string {
  return definitions.attributes['namespace'] ?? '';
}

/** Imports of DMN files (DMN 1.5, 6.3.3). */
function importsIn(definitions: XmlElement): XmlElement[] {
  return childrenOf(definitions, 'import').filter(({ attributes }) => attributes['importType']?.includes('/DMN/'));
}

function importCycle(cycle: readonly XmlElement[], main: XmlElement): Problem {
  const names = chainText(cycle.map((each) => each.attributes['name'] ?? namespaceOf(each)));
  return {
    severity: 'error',
    code: 'dmn.importCycle',
    message: `Expected files not to import themselves but found ${names}.`,
    messageZh: `文件不能循环引入：${names}。`,
    line: (importsIn(main)[0] ?? main).line,
  };
}

function compileFile(definitions: XmlElement, loaded: ReadonlyMap<string, LoadedFile>): LoadedFile {
  const found = importsIn(definitions).flatMap((element) => {
    const file = loaded.get(element.attributes['namespace'] ?? '');
    return file ? [{ element, name: element.attributes['name'] ?? '', loaded: file }] : [];
  });
  const names = [...new Set([...namesIn(definitions), ...found.flatMap((each) => each.loaded.names)])];
  const compiler = new DmnCompiler(names);
  checkImports(definitions, loaded, compiler);
  const types = readTypes(definitions, compiler, importedTypes(found));
  compiler.types = instanceTypes(types);
  const imported = new Map(
    found.map((each) => [namespaceOf(each.loaded.definitions), { name: each.name, file: each.loaded.file }]),
  );
  const file = readGraph({ definitions, compiler, types, imported });
  checkParts(definitions, types, compiler);
  return { definitions, file, types, names, problems: compiler.problems };
}

function checkImports(definitions: XmlElement, loaded: ReadonlyMap<string, LoadedFile>, compiler: DmnCompiler): void {
  const names = new Set<string>();
  for (const element of childrenOf(definitions, 'import')) {
    const { namespace = '', name = '', importType = '' } = element.attributes;
    if (!importType.includes('/DMN/')) {
      compiler.warning(
        'importNotRead',
        `Expected an import of DMN but found "${importType}"; it is not read.`,
        element,
      );
      continue;
    }
    const imported = loaded.get(namespace);
    const fault = imported?.problems.find(({ severity }) => severity === 'error');
    if (!imported)
      compiler.error('unknownImport', `Expected the imported model "${namespace}" to be at hand.`, element);
    if (fault)
      compiler.error('brokenImport', `Expected "${namespace}" without faults but found: ${fault.message}`, element);
    if (names.has(name)) compiler.error('importName', `Expected the import name "${name}" once.`, element);
    names.add(name);
  }
}

/** Item definitions for `instance of`; a name without one is unknown. */
function instanceTypes(types: TypeTable): CompileOptions['types'] {
  return (name) => {
    const type = types(name);
    if (Object.keys(type).length === 1 && !type.isCollection) return undefined;
    return (value) => hasType(value, type);
  };
}

function importedTypes(imports: readonly { readonly name: string; readonly loaded: LoadedFile }[]): TypeTable {
  return (typeRef) => {
    const found = imports.find(({ name }) => name !== '' && typeRef?.startsWith(`${name}.`));
    if (found) return found.loaded.types(typeRef?.slice(found.name.length + 1));
    return imports.find(({ name }) => name === '')?.loaded.types(typeRef) ?? { isCollection: false };
  };
}

function namesIn(definitions: XmlElement): Set<string> {
  const names = new Set<string>();
  for (const { attributes } of partsOf(definitions)) {
    const { name } = attributes;
    if (name !== undefined && !name.includes('.')) names.add(name.trim());
  }
  return names;
}

/** What no part of a file may hold, and types that do not exist. */
function checkParts(definitions: XmlElement, types: TypeTable, compiler: DmnCompiler): void {
  checkLanguage(definitions, compiler);
  for (const owner of definitions.children.filter(({ name }) => !name.includes(':'))) {
    compiler.inside(owner, () => {
      for (const part of partsOf(owner)) {
        checkLanguage(part, compiler);
        if (part.name === 'importedValues')
          compiler.error('importedValues', 'Expected values in the file itself but found imported ones.', part);
        const typeRef = typeRefOf(part);
        if (typeRef && !isKnownType(typeRef, types))
          compiler.warning('unknownType', `Expected a type that exists but found "${typeRef}"; any value fits.`, part);
      }
    });
  }
}

function checkLanguage(part: XmlElement, compiler: DmnCompiler): void {
  const language = part.attributes['expressionLanguage'];
  if (language && !/feel/i.test(language)) compiler.error('language', `Expected FEEL but found ${language}.`, part);
}

/** An element and all below it that belong to DMN. */
function* partsOf(root: XmlElement): Iterable<XmlElement> {
  const pending = [root];
  for (let element = pending.pop(); element; element = pending.pop()) {
    yield element;
    for (const each of element.children) if (!each.name.includes(':')) pending.push(each);
  }
}
