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
}

/** Characters of a page, and cells of all its tables, that become a Word file. */
const MAX_CHARACTERS = 2_000_000;
const MAX_CELLS = 5_000;

/** Thrown for a page that is too large for a Word file; it can still be printed. */
export class WordTooLarge extends Error {
  constructor(readonly found: string) {
    super(
      `Expected a page of at most ${MAX_CHARACTERS} characters and ${MAX_CELLS} cells for Word but found ${found}.`,
    );
    this.name = 'WordTooLarge';
  }
}

/**
 * The Word file (Office Open XML, ISO/IEC 29500) of a page: the same text in the same order, A4, in the fonts of official
 * letters, for an office that edits it. Throws `WordTooLarge`.
 */
export async function wordFile({ title, organization, html }: WordFile): Promise<Uint8Array> {
  if (html.length > MAX_CHARACTERS) throw new WordTooLarge(`${html.length} characters`);
  const content = pageContent(html);
  const cells = cellsOf(content.blocks);
  if (cells > MAX_CELLS) throw new WordTooLarge(`${cells} cells`);
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
        children: bodyOf(docx, content),
      },
    ],
  });
  return docx.Packer.toBuffer(document);
}

function cellsOf(blocks: readonly PageBlock[]): number {
  let cells = 0;
  for (const block of blocks) {
    if (block.kind !== 'table') continue;
    for (const cell of block.rows.flat()) cells += 1 + cellsOf(cell.blocks);
  }
  return cells;
}

function drillHeader({ AlignmentType, Header, Paragraph, TextRun }: typeof Docx): Docx.Header {
  const run = new TextRun({ text: '演练', bold: true, color: RED, size: 72, font: HEI_TI });
  return new Header({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [run] })] });
}

/** A body ends with a paragraph: two tables in a row grow together, and behind the last Word wants one. */
function bodyOf(docx: typeof Docx, { blocks }: PageContent): (Docx.Paragraph | Docx.Table)[] {
  return blocks.flatMap((block, index) => {
    const made = blockOf(docx, block);
    const isTable = made instanceof docx.Table;
    const next = blocks[index + 1];
    const needsGap = isTable && (next === undefined || next.kind === 'table' || next.kind === 'seal');
    return needsGap ? [made, new docx.Paragraph({ spacing: { line: 20, after: 0 } })] : [made];
  });
}
