import { Parser } from 'saxen';
import { Names } from './names.js';
import type { ProblemText } from './problem-list.js';
import { inertAttributes, translatedAttributes } from './supported-elements.js';
import { TagLines } from './tag-lines.js';

/** Limits of one file, so that a hostile diagram costs nothing: bytes of text, depth and number of XML elements. */
export const limits = { bytes: 2 * 1024 * 1024, depth: 100, elements: 20_000 } as const;

export interface Prescan {
  /** Line (1-based) of the opening tag of each id. */
  readonly lines: ReadonlyMap<string, number>;
  /** Faults after which the file is not parsed at all. */
  readonly fatal: readonly ScanFault[];
  /** Attributes and elements of other engines' and unknown namespaces. */
  readonly foreign: readonly ScanFault[];
  /** Prefixes of this file that stand for another engine. */
  readonly foreignPrefixes: ReadonlySet<string>;
}

export interface ScanFault {
  readonly code: string;
  readonly elementId?: string;
  readonly line?: number;
  readonly text: ProblemText;
  readonly isWarning?: boolean;
}

/** Reads the text as a stream before it is parsed: limits, DOCTYPE, duplicate ids, foreign extensions, lines. */
export function prescan(xml: string): Prescan {
  if (byteLength(xml) > limits.bytes)
    return { lines: new Map(), fatal: [tooLarge()], foreign: [], foreignPrefixes: new Set() };
  return new Scan(xml).run();
}

/** A live resource: the state of one pass over the text. */
class Scan {
  readonly #lines = new Map<string, number>();
  readonly #fatal: ScanFault[] = [];
  readonly #foreign: ScanFault[] = [];
  readonly #parser = new Parser();
  readonly #names = new Names();
  #elements = 0;
  #openId: string | undefined;
  readonly #tagLines: TagLines;

  constructor(private readonly xml: string) {
    this.#tagLines = new TagLines(xml);
  }

  run(): Prescan {
    this.#parser.on('openTag', (name, attributes) => this.#open(name, attributes(), this.#tagLines.next() ?? 1));
    this.#parser.on('closeTag', () => this.#names.close());
    this.#parser.on('attention', (_text, _decode, position) =>
      this.#stop({ code: 'doctype', line: position().line + 1, text: doctypeText }),
    );
    this.#parser.on('error', (error, position) =>
      this.#stop({ code: 'malformedXml', line: position().line + 1, text: malformedText(error.message) }),
    );
    this.#parser.parse(this.xml);
    if (this.#elements === 0 && this.#fatal.length === 0)
      this.#fatal.push({ code: 'malformedXml', text: malformedText('no element found') });
    return {
      lines: this.#lines,
      fatal: this.#fatal,
      foreign: this.#foreign,
      foreignPrefixes: this.#names.foreignPrefixes,
    };
  }

  #open(name: string, attributes: Readonly<Record<string, string>>, line: number): void {
    this.#elements += 1;
    const opened = this.#names.open(name, attributes);
    if (this.#names.depth > limits.depth) return this.#stop({ code: 'tooDeep', line, text: tooDeepText });
    if (this.#elements > limits.elements) return this.#stop({ code: 'tooManyElements', line, text: tooManyText });
    this.#noteId(attributes['id'], line);
    if (opened.isTwice) this.#note('doubledContent', line, twiceText(name));
    for (const attribute of opened.neither)
      this.#note('invalidBoolean', line, neitherText(attribute, attributes[attribute] ?? ''));
    for (const { engine, local, element, qualified } of opened.foreign)
      this.#foreign.push({
        ...this.#place(line),
        ...(element === undefined ? foreignFault(qualified) : attributeFault(element, `${engine}:${local}`, local)),
      });
    for (const qualified of opened.unknown) this.#note('unknownExtension', line, unknownText(qualified), true);
  }

  #noteId(id: string | undefined, line: number): void {
    if (id === undefined) return;
    const first = this.#lines.get(id);
    if (first === undefined) this.#lines.set(id, line);
    else this.#fatal.push({ code: 'duplicateId', elementId: id, line, text: duplicateText(id, first, line) });
    this.#openId = id;
  }

  #place(line: number) {
    return { line, ...(this.#openId !== undefined && { elementId: this.#openId }) };
  }

  #note(code: string, line: number, text: ProblemText, isWarning = false): void {
    this.#foreign.push({ code, ...this.#place(line), text, isWarning });
  }

  #stop(fault: ScanFault): void {
    this.#fatal.push(fault);
    this.#parser.stop();
  }
}

/** Bytes of the text in UTF-8, without anything of Node or the browser. */
function byteLength(text: string): number {
  if (text.length > limits.bytes) return text.length;
  let bytes = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : unit >= 0xd800 && unit <= 0xdfff ? 2 : 3;
  }
  return bytes;
}

const tooLarge = (): ScanFault => ({
  code: 'fileTooLarge',
  text: {
    en: 'Expected a file of at most 2 MB but it is larger. Split the process.',
    zh: '文件超过 2 MB 的上限，请拆分流程。',
  },
});
const doctypeText: ProblemText = {
  en: 'Expected no DOCTYPE or entity declaration but found one. Remove it.',
  zh: '文件中不允许出现 DOCTYPE 或实体声明，请删除。',
};
const tooDeepText: ProblemText = {
  en: `Expected at most ${limits.depth} nested XML elements but found more. Flatten the sub-processes.`,
  zh: `XML 嵌套超过 ${limits.depth} 层的上限，请减少子流程嵌套。`,
};
const tooManyText: ProblemText = {
  en: `Expected at most ${limits.elements} XML elements but found more. Split the process.`,
  zh: `XML 元素超过 ${limits.elements} 个的上限，请拆分流程。`,
};
const malformedText = (detail: string): ProblemText => ({
  en: `Expected well-formed XML but reading failed: ${detail}. Export the diagram again.`,
  zh: `文件不是格式正确的 XML（${detail}），请重新导出流程图。`,
});
const duplicateText = (id: string, first: number, line: number): ProblemText => ({
  en: `Expected every id once but "${id}" stands on lines ${first} and ${line}. Rename one of them.`,
  zh: `标识“${id}”重复出现在第 ${first} 行和第 ${line} 行，请改名其中一个。`,
});

const twiceText = (name: string): ProblemText => ({
  en: `Expected one <${name}> at most in its element but found a second one. Remove one of them.`,
  zh: `同一元素中只能有一个 <${name}>，发现重复，请删除其中一个。`,
});
const neitherText = (attribute: string, found: string): ProblemText => ({
  en: `Expected ${attribute} to be "true" or "false" but found "${found}". Write one of the two.`,
  zh: `属性 ${attribute} 只能写 "true" 或 "false"，现为“${found}”。`,
});
const unknownText = (name: string): ProblemText => ({
  en: `Found "${name}" of another tool: it stays in the file and has no effect here, wherever it stands.`,
  zh: `其他工具的扩展“${name}”只保留在文件中，在此不起作用。`,
});

type ForeignFault = Pick<ScanFault, 'code' | 'text' | 'isWarning'>;

/** Another engine's attribute is translated, without effect here, or refused; never dropped silently. */
function attributeFault(element: string, name: string, local: string): ForeignFault {
  if (translatedAttributes[element]?.includes(local)) {
    return {
      code: 'translatedExtension',
      isWarning: true,
      text: {
        en: `Read "${name}", which belongs to another engine, as its zeebe counterpart. Save it in that form.`,
        zh: `其他引擎的属性“${name}”已按对应的 zeebe 写法读取，建议改用 zeebe 写法保存。`,
      },
    };
  }
  if (!inertAttributes.has(local)) return foreignFault(name);
  return {
    code: 'inertExtension',
    isWarning: true,
    text: {
      en: `Found "${name}", which belongs to another engine and has no effect here. Remove it.`,
      zh: `其他引擎的属性“${name}”在此不起作用，可以删除。`,
    },
  };
}

function foreignFault(name: string): ForeignFault {
  return {
    code: 'foreignExtension',
    text: {
      en: `Expected only "zeebe:" extensions but found "${name}", which belongs to another engine. Replace it by its zeebe counterpart.`,
      zh: `发现其他引擎的扩展“${name}”，本引擎只执行 zeebe 扩展，请改用对应的 zeebe 写法。`,
    },
  };
}
