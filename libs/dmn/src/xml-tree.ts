import { Parser } from 'saxen';
import { TagLines } from '#bpmn';
import type { Text } from './compiler.js';
import { setOwn } from './own-entry.js';

/** An XML element of the DMN namespace (by local name) or of another one (`foreign:name`). */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
  /** Counts from 1. */
  readonly line: number;
}

/** Why a text is no readable XML. */
export interface XmlFault {
  readonly code: 'tooLarge' | 'malformedXml' | 'doctype' | 'tooDeep' | 'tooManyElements' | 'tagTooLong' | 'duplicateId';
  readonly text: Text;
  readonly line: number;
}

/** Limits of one file: characters of text, nesting, number of XML elements, characters of one tag. */
export const xmlLimits = { characters: 2 * 1024 * 1024, depth: 100, elements: 20_000, tag: 16_384 } as const;

type Position = () => { readonly line: number };
type Decode = (text: string) => string;

interface SaxParser {
  ns(prefixes: Readonly<Record<string, string>>): SaxParser;
  on(
    event: 'openTag',
    callback: (name: string, attributes: () => Record<string, string>, decode: Decode) => void,
  ): SaxParser;
  on(event: 'closeTag', callback: () => void): SaxParser;
  on(event: 'text', callback: (text: string, decode: Decode) => void): SaxParser;
  on(event: 'cdata', callback: (text: string) => void): SaxParser;
  on(event: 'attention', callback: (text: string, decode: Decode, position: Position) => void): SaxParser;
  on(event: 'error' | 'warn', callback: (error: Error, position: Position) => void): SaxParser;
  parse(xml: string): void;
  stop(): void;
}

/** Model namespaces of DMN 1.1 to 1.6. */
const MODEL_NAMESPACES = [
  'http://www.omg.org/spec/DMN/20151101/dmn.xsd',
  'http://www.omg.org/spec/DMN/20180521/MODEL/',
  'https://www.omg.org/spec/DMN/20191111/MODEL/',
  'https://www.omg.org/spec/DMN/20211108/MODEL/',
  'https://www.omg.org/spec/DMN/20230324/MODEL/',
  'https://www.omg.org/spec/DMN/20240513/MODEL/',
];
const PREFIX = 'dmnmodel';

const TOO_LARGE: Text = { en: 'Expected a file of at most 2 MB.', zh: '文件不得超过 2 MB。' };
const NO_ELEMENT: Text = { en: 'Expected an XML element.', zh: '文件中没有 XML 元素。' };
const TOO_MANY: Text = {
  en: `Expected at most ${xmlLimits.elements} elements in a file and all that it imports.`,
  zh: `文件连同其引入的文件不得超过 ${xmlLimits.elements} 个元素。`,
};
const TOO_DEEP: Text = {
  en: `Expected at most ${xmlLimits.depth} nested elements.`,
  zh: `元素嵌套不得超过 ${xmlLimits.depth} 层。`,
};
const TAG_TOO_LONG: Text = {
  en: `Expected a tag of at most ${xmlLimits.tag} characters.`,
  zh: `一个标签不得超过 ${xmlLimits.tag} 个字符。`,
};
const DOCTYPE: Text = { en: 'Expected no DOCTYPE or entity declaration.', zh: '不允许 DOCTYPE 或实体声明。' };

type ReadXml = { readonly root: XmlElement; readonly elements: number } | { readonly fault: XmlFault };

/** Reads XML into a tree within `xmlLimits` (with at most `elements` elements). DOCTYPE is refused, so no entity can be declared. */
export function readXml(xml: string, elements: number = xmlLimits.elements): ReadXml {
  if (xml.length > xmlLimits.characters) return { fault: { code: 'tooLarge', text: TOO_LARGE, line: 1 } };
  return new TreeReader(xml, elements).read();
}

/** Reads the first element alone, without what is in it. */
export function readRoot(xml: string): ReadXml {
  return new TreeReader(xml.slice(0, xmlLimits.tag * 4), 1, 'first').read();
}

/** A live resource: one pass over the text. */
class TreeReader {
  private readonly parser = new Parser() as unknown as SaxParser;
  private readonly open: XmlElement[] = [];
  private readonly ids = new Map<string, number>();
  private root: XmlElement | undefined;
  private fault: XmlFault | undefined;
  private elements = 0;
  private entered = 0;
  /** Of the tags in their order. */
  private readonly lines: number[] = [];

  constructor(
    private readonly xml: string,
    private readonly maxElements: number,
    private readonly wanted: 'all' | 'first' = 'all',
  ) {}

  read(): ReadXml {
    this.scan();
    if (this.fault) return { fault: this.fault };
    this.parser.ns(Object.fromEntries(MODEL_NAMESPACES.map((uri) => [uri, PREFIX])));
    this.parser
      .on('openTag', (name, attributes, decode) => this.enter(name, attributes, decode))
      .on('closeTag', () => void this.open.pop())
      .on('text', (text, decode) => this.append(decode(text)))
      .on('cdata', (text) => this.append(text))
      .on('attention', (_text, _decode, position) => this.stop('doctype', DOCTYPE, position().line + 1))
      .on('error', (error, position) => this.stop('malformedXml', malformed(error), position().line + 1))
      .on('warn', (error, position) => this.stop('malformedXml', malformed(error), position().line + 1));
    this.parser.parse(this.xml);
    if (this.fault) return { fault: this.fault };
    return this.root
      ? { root: this.root, elements: this.elements }
      : { fault: { code: 'malformedXml', text: NO_ELEMENT, line: 1 } };
  }

  /** Looks for what costs too much to be parsed. */
  private scan(): void {
    const tags = new TagLines(this.xml);
    for (let line = tags.next(); line !== undefined && !this.fault; line = tags.next()) {
      this.elements = this.lines.push(line);
      if (this.elements > this.maxElements) this.stop('tooManyElements', TOO_MANY, line);
      if (tags.tagLength > xmlLimits.tag) this.stop('tagTooLong', TAG_TOO_LONG, line);
      if (this.wanted === 'first') return;
    }
  }

  private enter(written: string, attributes: () => Readonly<Record<string, string>>, decode: Decode): void {
    const line = this.lines[this.entered++] ?? 1;
    if (this.open.length >= xmlLimits.depth) return this.stop('tooDeep', TOO_DEEP, line);
    const name = nameOf(written);
    const element: XmlElement = { name, attributes: decoded(attributes(), decode), children: [], text: '', line };
    this.noteId(element);
    this.open.at(-1)?.children.push(element);
    this.root ??= element;
    this.open.push(element);
    if (this.wanted === 'first') this.parser.stop();
  }

  private noteId({ name, attributes, line }: XmlElement): void {
    const { id } = attributes;
    if (id === undefined || name.includes(':')) return;
    const first = this.ids.get(id);
    if (first !== undefined) {
      const en = `Expected id "${id}" once but it stands on lines ${first} and ${line}.`;
      this.stop('duplicateId', { en, zh: `id “${id}” 重复出现在第 ${first} 行和第 ${line} 行。` }, line);
    }
    this.ids.set(id, line);
  }

  private append(text: string): void {
    const element = this.open.at(-1);
    if (element) element.text += text;
  }

  private stop(code: XmlFault['code'], text: Text, line: number): void {
    this.fault ??= { code, text, line };
    this.parser.stop();
  }
}

function malformed({ message }: Error): Text {
  return { en: `Expected well-formed XML: ${message}.`, zh: `XML 格式有误：${message}。` };
}

/** DMN elements by their local name. */
function nameOf(written: string): string {
  if (written.startsWith(`${PREFIX}:`)) return written.slice(PREFIX.length + 1);
  return written.includes(':') ? written : `foreign:${written}`;
}

/** Attributes that hold names of FEEL, in which any white space is one blank (DMN 1.5, 10.3.1.4). */
const NAMES = ['name', 'iteratorVariable', 'typeRef'];

function decoded(raw: Readonly<Record<string, string>>, decode: Decode): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [written, value] of Object.entries(raw)) {
    const key = written.startsWith(`${PREFIX}:`) ? written.slice(PREFIX.length + 1) : written;
    const text = decode(value);
    const kept = NAMES.includes(key) ? text.replace(/\s+/g, ' ').trim() : text;
    if (key === '__proto__') setOwn(result, key, kept);
    else result[key] = kept;
  }
  return result;
}

export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((each) => each.name === name);
}

export function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((each) => each.name === name) ?? [];
}

/** The trimmed text of a child such as `text` or `typeRef`. */
export function textOf(element: XmlElement | undefined, name: string): string | undefined {
  return child(element, name)?.text.trim();
}

/** `typeRef` stands in an attribute or in a child element. */
export function typeRefOf(element: XmlElement | undefined): string | undefined {
  return element?.attributes['typeRef'] ?? textOf(element, 'typeRef');
}
