import type * as Docx from 'docx';
import type { PageBlock, PageContent } from './page-blocks.js';
import { pageContent } from './page-content.js';
import { blockOf } from './word-blocks.js';
import { HEI_TI, numberingOf, PAGE, RED, stylesOf, twips, xmlText } from './word-styles.js';

export interface WordFile {
  readonly title: string;
  /** Shown among the properties of the file. */
  readonly organization: string;
  /** A whole page, protected values resolved. */
  readonly html: string;
  /** Milliseconds of a clock that only goes forward; default: that of the computer. */
  readonly clock?: () => number;
}

/** Characters of a page, cells of all its tables, QR codes, and parts of all kinds that become a Word file. */
const MAX_CHARACTERS = 2_000_000;
const MAX_CELLS = 5_000;
const MAX_CODES = 20;
const MAX_PARTS = 20_000;
/** A seal is a table of its own. */
const PARTS_OF_SEAL = 20;
/** How long the parts of one file may take to be made. */
const MAX_MS = 10_000;

/** Thrown for a page that is too large for a Word file; it can still be printed. */
export class WordTooLarge extends Error {
  constructor(readonly found: string) {
    super(
      `Expected a page of at most ${MAX_CHARACTERS} characters, ${MAX_CELLS} cells, ${MAX_CODES} QR codes and ` +
        `${MAX_PARTS} parts for Word, made within ${MAX_MS / 1000} s, but found ${found}.`,
    );
    this.name = 'WordTooLarge';
  }
}

/**
 * The Word file (Office Open XML, ISO/IEC 29500) of a page: the same text in the same order, A4, in the fonts of official
 * letters, for an office that edits it. Throws `WordTooLarge`.
 */
export async function wordFile({ title, organization, html, clock = now }: WordFile): Promise<Uint8Array> {
  const endsAt = clock() + MAX_MS;
  if (html.length > MAX_CHARACTERS) throw new WordTooLarge(`${html.length} characters`);
  const content = pageContent(html);
  expectSize(content.blocks);
  const docx = await import('docx');
  const document = new docx.Document({
    title: xmlText(title),
    creator: xmlText(organization),
    lastModifiedBy: xmlText(organization),
    styles: stylesOf(docx),
    numbering: { config: numberingOf(docx) },
    sections: [
      {
        properties: {
          page: {
            size: { width: twips(PAGE.width), height: twips(PAGE.height) },
            margin: {
              top: twips(PAGE.margin.top),
              bottom: twips(PAGE.margin.bottom),
              left: twips(PAGE.margin.left),
              right: twips(PAGE.margin.right),
            },
          },
        },
        ...(content.isDrill && { headers: { default: drillHeader(docx) } }),
        children: bodyOf(docx, content, () => expectTime(clock, endsAt)),
      },
    ],
  });
  return docx.Packer.toBuffer(document);
}

const now = (): number => performance.now();

function expectTime(clock: () => number, endsAt: number): void {
  if (clock() >= endsAt) throw new WordTooLarge('one that takes longer');
}

interface Size {
  cells: number;
  codes: number;
  parts: number;
}

function expectSize(blocks: readonly PageBlock[]): void {
  const size: Size = { cells: 0, codes: 0, parts: 0 };
  addBlocks(blocks, size);
  if (size.cells > MAX_CELLS) throw new WordTooLarge(`${size.cells} cells`);
  if (size.codes > MAX_CODES) throw new WordTooLarge(`${size.codes} QR codes`);
  if (size.parts > MAX_PARTS) throw new WordTooLarge(`${size.parts} parts`);
}

function addBlocks(blocks: readonly PageBlock[], size: Size): void {
  for (const block of blocks) {
    size.parts += block.kind === 'seal' ? PARTS_OF_SEAL : 1;
    if (block.kind === 'paragraph') {
      size.parts += block.runs.length;
      size.codes += block.runs.filter(({ kind }) => kind === 'code').length;
    }
    if (block.kind !== 'table') continue;
    for (const cell of block.rows.flat()) {
      size.cells += 1;
      addBlocks(cell.blocks, size);
    }
  }
}

function drillHeader({ AlignmentType, Header, Paragraph, TextRun }: typeof Docx): Docx.Header {
  const run = new TextRun({ text: '演练', bold: true, color: RED, size: 72, font: HEI_TI });
  return new Header({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [run] })] });
}

/** A body ends with a paragraph: two tables in a row grow together, and behind the last Word wants one. */
function bodyOf(
  docx: typeof Docx,
  { blocks }: PageContent,
  expectTimeLeft: () => void,
): (Docx.Paragraph | Docx.Table)[] {
  return blocks.flatMap((block, index) => {
    expectTimeLeft();
    const made = blockOf(docx, block);
    const isTable = made instanceof docx.Table;
    const next = blocks[index + 1];
    const needsGap = isTable && (next === undefined || next.kind === 'table' || next.kind === 'seal');
    return needsGap ? [made, new docx.Paragraph({ spacing: { line: 20, after: 0 } })] : [made];
  });
}
