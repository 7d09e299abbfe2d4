import type { Problem } from '#bpmn';
import type { CompileOptions } from '#feel';
import { DmnCompiler, type Text } from './compiler.js';
import { chainText, dependenciesFirst } from './dependencies-first.js';
import { readGraph, type DrgFile } from './drg.js';
import { hasType } from './conform.js';
import { ANY, isKnownType, readTypes, type TypeTable } from './types.js';
import { childrenOf, readRoot, readXml, typeRefOf, xmlLimits, type XmlElement } from './xml-tree.js';

export interface LoadedFile {
  readonly definitions: XmlElement;
  readonly file: DrgFile;
  readonly types: TypeTable;
  /** All names in the file and in what it imports; those of several words or with signs are needed to read FEEL. */
  readonly names: readonly string[];
  readonly problems: readonly Problem[];
}

export interface LoadedFiles extends LoadedFile {
  /** It says that it imports something, found or not. */
  readonly hasImports: boolean;
  /** Namespaces of the other files that were read. */
  readonly imported: readonly string[];
}

/** XML elements of a file and all that it imports. */
const MAX_ELEMENTS = xmlLimits.elements;

type Read = { readonly definitions: XmlElement; readonly elements: number } | { readonly problem: Problem };

/** Reads a file and those of `imports` that it needs, each once, imported files first. */
export function loadFile(xml: string, imports: readonly string[]): LoadedFiles | { readonly problems: Problem[] } {
  const main = definitionsOf(xml, MAX_ELEMENTS);
  if ('problem' in main) return { problems: [main.problem] };
  const hasImports = importsIn(main.definitions).length > 0;
  const read = readImports(main, hasImports ? imports : []);
  if ('problem' in read) return { problems: [read.problem] };
  const known = read.byNamespace;
  const found = dependenciesFirst([main.definitions], (definitions) =>
    importsIn(definitions).flatMap((element) => known.get(element.attributes['namespace'] ?? '') ?? []),
  );
  if ('cycle' in found) return { problems: [importCycle(found.cycle, main.definitions)] };
  const loaded = new Map<string, LoadedFile>();
  for (const definitions of found.order) loaded.set(namespaceOf(definitions), compileFile(definitions, loaded));
  const own = namespaceOf(main.definitions);
  const imported = [...known.keys()].filter((namespace) => namespace !== own);
  return { ...(loaded.get(own) as LoadedFile), hasImports, imported };
}

interface ReadFiles {
  readonly byNamespace: ReadonlyMap<string, XmlElement>;
}

/** Files that the main one needs, directly or through others; the first of a namespace counts. Others are not read. */
function readImports(
  main: { readonly definitions: XmlElement; readonly elements: number },
  imports: readonly string[],
): ReadFiles | { readonly problem: Problem } {
  const texts = textsByNamespace(imports);
  const byNamespace = new Map([[namespaceOf(main.definitions), main.definitions]]);
  const pending = [main.definitions];
  let elements = main.elements;
  for (let file = pending.pop(); file; file = pending.pop()) {
    for (const { attributes, line } of importsIn(file)) {
      const { namespace = '' } = attributes;
      const text = byNamespace.has(namespace) ? undefined : texts.get(namespace);
      if (text === undefined) continue;
      const read = definitionsOf(text, MAX_ELEMENTS - elements);
      if ('problem' in read) return { problem: brokenImport(namespace, read.problem, line) };
      elements += read.elements;
      byNamespace.set(namespace, read.definitions);
      pending.push(read.definitions);
    }
  }
  return { byNamespace };
}

function textsByNamespace(texts: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const text of texts) {
    const namespace = namespaceOfText(text);
    if (namespace !== undefined && !found.has(namespace)) found.set(namespace, text);
  }
  return found;
}

/** Namespace of a DMN file, of which only the root is read; absent where it is none. */
export function namespaceOfText(xml: string): string | undefined {
  const first = readRoot(xml);
  return 'fault' in first || first.root.name !== 'definitions' ? undefined : namespaceOf(first.root);
}

function brokenImport(namespace: string, { message, messageZh = message }: Problem, line: number): Problem {
  const { en, zh } = brokenImportText(namespace, message, messageZh);
  return { severity: 'error', code: 'dmn.brokenImport', message: en, messageZh: zh, line };
}

function brokenImportText(namespace: string, en: string, zh: string): Text {
  return {
    en: `Expected "${namespace}" without faults but found: ${en}`,
    zh: `引入的模型 “${namespace}” 有错误：${zh}`,
  };
}

function definitionsOf(xml: string, maxElements: number): Read {
  const tree = readXml(xml, maxElements);
  if ('fault' in tree) {
    const { code, text, line } = tree.fault;
    return { problem: { severity: 'error', code: `dmn.${code}`, message: text.en, messageZh: text.zh, line } };
  }
  const { root, elements } = tree;
  if (root.name === 'definitions') return { definitions: root, elements };
  const message = 'Expected DMN definitions (namespace of DMN 1.1 to 1.6).';
  const messageZh = '文件应以 DMN 的 definitions 元素开始（DMN 1.1 至 1.6 的命名空间）。';
  return { problem: { severity: 'error', code: 'dmn.notDmn', message, messageZh, line: root.line } };
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
      compiler.warning('importNotRead', importNotRead(importType), element);
      continue;
    }
    const imported = loaded.get(namespace);
    const fault = imported?.problems.find(({ severity }) => severity === 'error');
    if (!imported) compiler.error('unknownImport', unknownImport(namespace), element);
    if (fault)
      compiler.error('brokenImport', brokenImportText(namespace, fault.message, fault.messageZh ?? ''), element);
    if (names.has(name) && name !== '') compiler.error('importName', importNamedTwice(name), element);
    names.add(name);
  }
}

function importNotRead(type: string): Text {
  return {
    en: `Expected an import of DMN but found "${type}"; it is not read.`,
    zh: `只支持引入 DMN 模型，不读取 “${type}”。`,
  };
}

function unknownImport(namespace: string): Text {
  return {
    en: `Expected the imported model "${namespace}" to be at hand but it is not; deploy the file of that namespace together with this one.`,
    zh: `找不到引入的模型 “${namespace}”，请将该命名空间的文件与本文件一起部署。`,
  };
}

function importNamedTwice(name: string): Text {
  return { en: `Expected the import name "${name}" once.`, zh: `引入名称 “${name}” 重复。` };
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
    return imports.find(({ name }) => name === '')?.loaded.types(typeRef) ?? ANY;
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
        if (part.name === 'importedValues') compiler.error('importedValues', IMPORTED_VALUES, part);
        const typeRef = typeRefOf(part);
        if (typeRef && !isKnownType(typeRef, types)) compiler.warning('unknownType', unknownType(typeRef), part);
      }
    });
  }
}

function checkLanguage(part: XmlElement, compiler: DmnCompiler): void {
  const language = part.attributes['expressionLanguage'];
  if (!language || /feel/i.test(language)) return;
  compiler.error(
    'language',
    { en: `Expected FEEL but found ${language}.`, zh: `只支持 FEEL，不支持 ${language}。` },
    part,
  );
}

const IMPORTED_VALUES: Text = {
  en: 'Expected values in the file itself but found imported ones.',
  zh: '取值应写在文件内，不支持从别处引入（importedValues）。',
};

function unknownType(typeRef: string): Text {
  return {
    en: `Expected a type that exists but found "${typeRef}"; any value fits.`,
    zh: `类型 “${typeRef}” 不存在，任何值都视为符合。`,
  };
}

/** An element and all below it that belong to DMN. */
function partsOf(root: XmlElement): readonly XmlElement[] {
  const parts = [root];
  for (const { children } of parts) for (const each of children) if (!each.name.includes(':')) parts.push(each);
  return parts;
}
