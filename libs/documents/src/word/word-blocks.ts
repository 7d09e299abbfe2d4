import type * as Docx from 'docx';
import { codeBitmap } from './code-bitmap.js';
import { columnWidths } from './column-widths.js';
import {
  MAX_COLUMNS,
  type Align,
  type PageBlock,
  type PageCell,
  type PageParagraph,
  type PageRun,
  type PageTable,
} from './page-blocks.js';
import { BULLETS, NUMBERED, RED, SIZES, TEXT_WIDTH, twips, xmlText } from './word-styles.js';

export function blockOf(docx: typeof Docx, block: PageBlock): Docx.Paragraph | Docx.Table {
  if (block.kind === 'table') return tableOf(docx, block);
  if (block.kind === 'seal') return sealOf(docx, block);
  if (block.kind === 'head') return headOf(docx, block);
  return paragraphOf(docx, block);
}

function paragraphOf(docx: typeof Docx, paragraph: PageParagraph, isInCell = false): Docx.Paragraph {
  const { role, align, isIndented, isFramed, roomBelow, item } = paragraph;
  const after = twips((isInCell ? 0 : 3) + (roomBelow ?? 0));
  const edge = { style: docx.BorderStyle.SINGLE, size: 8, space: 8, color: '000000' };
  return new docx.Paragraph({
    children: paragraph.runs.map((run) => runOf(docx, run)),
    ...(role === 'title' && { heading: docx.HeadingLevel.TITLE }),
    ...(role === 'heading' && { heading: docx.HeadingLevel.HEADING_2 }),
    ...(align && { alignment: alignment(docx, align) }),
    ...(isIndented && { indent: { firstLineChars: 200 } }),
    ...(isFramed && { border: { top: edge, bottom: edge, left: edge, right: edge } }),
    ...(role === 'text' && (isInCell || roomBelow !== undefined) && { spacing: { after } }),
    ...(item && {
      numbering: { reference: item.isNumbered ? NUMBERED : BULLETS, level: item.level, instance: item.list },
    }),
  });
}

function alignment({ AlignmentType }: typeof Docx, align: Align) {
  return align === 'center' ? AlignmentType.CENTER : AlignmentType.RIGHT;
}

function runOf(docx: typeof Docx, run: PageRun): Docx.TextRun | Docx.ImageRun {
  if (run.kind === 'break') return new docx.TextRun({ break: 1 });
  if (run.kind === 'code')
    return new docx.ImageRun({
      type: 'bmp',
      data: codeBitmap(run.modules),
      // 25 mm at 96 dots an inch.
      transformation: { width: 94, height: 94 },
      altText: { name: '二维码', title: '二维码', description: '二维码' },
    });
  const { bold, italic, underline, size } = run.look;
  return new docx.TextRun({
    text: xmlText(run.text),
    ...(bold && { bold }),
    ...(italic && { italics: true }),
    ...(underline && { underline: {} }),
    ...(size && { size: Math.round(size * 2) }),
  });
}

function headOf(docx: typeof Docx, { left, right }: { readonly left: string; readonly right: string }): Docx.Paragraph {
  const run = (options: Docx.IRunOptions) => new docx.TextRun({ size: SIZES.small, ...options });
  return new docx.Paragraph({
    tabStops: [{ type: docx.TabStopType.RIGHT, position: TEXT_WIDTH }],
    border: { bottom: { style: docx.BorderStyle.SINGLE, size: 4, space: 1, color: '000000' } },
    spacing: { after: twips(8) },
    children: [run({ text: xmlText(left) }), run({ children: [new docx.Tab()] }), run({ text: xmlText(right) })],
  });
}

/** A place for the seal: a square of its size with a broken edge, where the printed page has a circle. */
function sealOf(docx: typeof Docx, seal: Extract<PageBlock, { kind: 'seal' }>): Docx.Table {
  const edge = { style: docx.BorderStyle.DASHED, size: 6, color: RED };
  const runs = seal.lines.map(
    (line, index) =>
      new docx.TextRun({ text: xmlText(line), color: RED, size: SIZES.small, ...(index > 0 && { break: 1 }) }),
  );
  const cell = new docx.TableCell({
    verticalAlign: docx.VerticalAlign.CENTER,
    width: { size: twips(42), type: docx.WidthType.DXA },
    borders: { top: edge, bottom: edge, left: edge, right: edge },
    children: [new docx.Paragraph({ alignment: docx.AlignmentType.CENTER, spacing: { after: 0 }, children: runs })],
  });
  return new docx.Table({
    alignment: alignment(docx, seal.align ?? 'right'),
    width: { size: twips(42), type: docx.WidthType.DXA },
    columnWidths: [twips(42)],
    rows: [
      new docx.TableRow({
        cantSplit: true,
        height: { value: twips(42), rule: docx.HeightRule.ATLEAST },
        children: [cell],
      }),
    ],
  });
}

function tableOf(docx: typeof Docx, { rows }: PageTable): Docx.Table {
  const widths = columnWidths(rows, TEXT_WIDTH);
  const edge = { style: docx.BorderStyle.SINGLE, size: 6, color: '000000' };
  return new docx.Table({
    width: { size: 100, type: docx.WidthType.PERCENTAGE },
    columnWidths: widths,
    margins: { top: twips(1), bottom: twips(1), left: twips(2), right: twips(2) },
    borders: {
      top: edge,
      bottom: edge,
      left: edge,
      right: edge,
      insideHorizontal: edge,
      insideVertical: edge,
    },
    rows: rows.map(
      (row) =>
        new docx.TableRow({
          cantSplit: true,
          children: row.slice(0, MAX_COLUMNS).map((cell) => tableCell(docx, cell)),
        }),
    ),
  });
}

function tableCell(docx: typeof Docx, { blocks, columns, rows }: PageCell): Docx.TableCell {
  const made = blocks.map((block) =>
    block.kind === 'paragraph' ? paragraphOf(docx, block, true) : blockOf(docx, block),
  );
  const last = made.at(-1);
  const end = last === undefined || last instanceof docx.Table ? [new docx.Paragraph({ spacing: { after: 0 } })] : [];
  return new docx.TableCell({
    children: [...made, ...end],
    ...(columns > 1 && { columnSpan: columns }),
    ...(rows > 1 && { rowSpan: rows }),
  });
}
