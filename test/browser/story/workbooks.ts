import { readFile } from 'node:fs/promises';
import ExcelJs from 'exceljs';
import type { Page } from 'playwright-core';

/** Runs in the page: headings and rows of the ledger, a moment as its ISO text, an empty cell as nothing. */
const readTable = `(() => {
  const text = (cell) => {
    const time = cell.querySelector('time');
    const shown = time ? time.getAttribute('datetime').slice(0, 16) : cell.innerText.trim();
    return shown === '—' ? '' : shown;
  };
  const headings = [...document.querySelectorAll('thead th')].map((cell) => cell.innerText.trim());
  const rows = [...document.querySelectorAll('tbody tr.ant-table-row')].map((row) => [...row.querySelectorAll('td')].map(text));
  return { headings, rows };
})()`;

export interface Cells {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What the open ledger shows. */
export const shownOn = (page: Page): Promise<Cells> => page.evaluate<Cells>(readTable);

/** Exports the open ledger for a reason and reads the file that the browser got. */
export async function exported(page: Page, reason: string): Promise<Cells & { readonly fileName: string }> {
  await page.getByRole('button', { name: '导出 Excel' }).click();
  await page.getByLabel('为什么要导出？').fill(reason);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出并记录' }).click(),
  ]);
  const workbook = new ExcelJs.Workbook();
  await workbook.xlsx.load((await readFile(await download.path())) as unknown as ArrayBuffer);
  const sheet = workbook.worksheets[0];
  const [headings = [], ...rows] = (sheet?.getSheetValues() ?? []).slice(1).map(textsOf);
  const filled = rows.map((row) => headings.map((_, place) => row[place] ?? ''));
  return { headings, rows: filled, fileName: download.suggestedFilename() };
}

function textsOf(row: ExcelJs.CellValue | ExcelJs.CellValue[] | object): string[] {
  return Array.isArray(row) ? Array.from(row as ExcelJs.CellValue[], textOf).slice(1) : [];
}

/** A deadline stands as `2026-03-17 24:00`: here as the moment at which the next day begins. */
function textOf(cell: ExcelJs.CellValue): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 16).replace('T00:00', '');
  if (typeof cell === 'object') return JSON.stringify(cell);
  const deadline = /^(\d{4}-\d{2}-\d{2}) (\d{2}):(\d{2})$/.exec(String(cell));
  if (!deadline) return String(cell).trim();
  const [, day = '', hours, minutes] = deadline;
  const moment = Date.parse(`${day}T00:00:00Z`) + (Number(hours) * 60 + Number(minutes)) * 60_000;
  return new Date(moment).toISOString().slice(0, 16);
}
