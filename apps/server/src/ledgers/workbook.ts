import type { Writable } from 'node:stream';
import type { LedgerColumn } from '#configuration';
import type { ShownCell } from './shown-cells.js';

/** What stands on the second sheet: who took it out, when and why. */
export type ExportNote = readonly (readonly [label: string, value: string])[];

export interface LedgerWorkbook {
  readonly title: string;
  readonly columns: readonly LedgerColumn[];
  readonly note: ExportNote;
  /** Pages of rows, one after the other; each row in the order of the columns, and whether it is a drill. */
  readonly pages: AsyncIterable<readonly { readonly cells: readonly ShownCell[]; readonly drill: boolean }[]>;
}

/** What a spreadsheet may take for a formula at the beginning of a text, in both widths. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;
const OFFSET_MS = 8 * 3_600_000;
/** Names of sheets have 31 characters and none of these. */
const NOT_IN_NAMES = /[*?:\\/[\]']/g;
const LAMPS: Readonly<Record<string, string>> = { normal: '正常', near: '临近', urgent: '紧迫', overdue: '超期' };
const FORMATS: Partial<Record<LedgerColumn['type'], string>> = {
  dateTime: 'yyyy-mm-dd hh:mm',
  date: 'yyyy-mm-dd',
};

/** A text as no spreadsheet takes it for a formula: where it could, an apostrophe stands before it. */
export const guarded = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** Writes a workbook page by page; waits where the reader of the stream is slower. */
export async function writeWorkbook(stream: Writable, { title, columns, note, pages }: LedgerWorkbook): Promise<void> {
  // Few ask for a workbook, and every start of a server would wait for the package.
  const { default: ExcelJs } = await import('exceljs');
  const workbook = new ExcelJs.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
  const name = title.replace(NOT_IN_NAMES, ' ').slice(0, 31);
  const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1, xSplit: frozenOf(columns) }] });
  sheet.columns = columns.map((column) => ({
    header: guarded(column.title),
    key: column.id,
    width: widthOf(column),
    style: FORMATS[column.type] ? { numFmt: FORMATS[column.type] ?? '' } : {},
  }));
  const head = sheet.getRow(1);
  head.font = { bold: true };
  head.commit();
  for await (const page of pages) {
    if (stream.destroyed) return;
    for (const { cells, drill } of page) sheet.addRow(excelCells(cells, columns, drill)).commit();
    await drained(stream);
  }
  sheet.commit();
  const about = workbook.addWorksheet('说明');
  about.columns = [{ width: 16 }, { width: 80 }];
  for (const [label, value] of note) about.addRow([label, guarded(value)]).commit();
  about.commit();
  await workbook.commit();
}

/** A drill says so in its first cell. */
function excelCells(cells: readonly ShownCell[], columns: readonly LedgerColumn[], drill: boolean) {
  const excel = cells.map((cell, index) => excelCell(cell, columns[index]?.type ?? 'text'));
  return drill ? [`【演练】${plainText(excel[0] ?? '', columns[0]?.type)}`, ...excel.slice(1)] : excel;
}

/** A cell with words before it is a text: a date reads as the sheet shows the others of its column. */
function plainText(cell: string | number | Date, type: LedgerColumn['type'] | undefined): string {
  if (!(cell instanceof Date)) return String(cell);
  const text = cell.toISOString();
  return type === 'date' ? text.slice(0, 10) : text.slice(0, 16).replace('T', ' ');
}

function excelCell(cell: ShownCell, type: LedgerColumn['type']): string | number | Date | null {
  if (cell === null) return null;
  if (typeof cell === 'boolean') return cell ? '是' : '否';
  if (typeof cell === 'number') return cell;
  if (type === 'lamp') return LAMPS[cell] ?? cell;
  if (type === 'dateTime') return new Date(Date.parse(cell) + OFFSET_MS);
  if (type === 'date') return new Date(`${cell}T00:00:00Z`);
  return type === 'deadline' ? deadlineText(Date.parse(cell)) : guarded(cell);
}

/** A deadline at midnight reads as 24:00 of the day before, as everywhere. */
function deadlineText(at: number): string {
  const local = new Date(at + OFFSET_MS).toISOString();
  if (!local.includes('T00:00')) return local.slice(0, 16).replace('T', ' ');
  return `${new Date(at + OFFSET_MS - 1).toISOString().slice(0, 10)} 24:00`;
}

const frozenOf = (columns: readonly LedgerColumn[]): number => {
  const first = columns.findIndex(({ frozen }) => frozen !== true);
  return first < 0 ? columns.length : first;
};

function widthOf({ title, type }: LedgerColumn): number {
  const least = type === 'dateTime' || type === 'deadline' ? 18 : type === 'text' ? 24 : 12;
  return Math.max(least, title.length * 2 + 2);
}

async function drained(stream: Writable): Promise<void> {
  // The archive writes in the background: give it its turn before more rows are made.
  await new Promise((resolve) => setImmediate(resolve));
  if (!stream.writableNeedDrain || stream.destroyed) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      stream.off('drain', done);
      stream.off('close', done);
      resolve();
    };
    stream.once('drain', done);
    stream.once('close', done);
  });
}
