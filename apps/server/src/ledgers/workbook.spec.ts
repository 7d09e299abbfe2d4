import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import ExcelJs from 'exceljs';
import type { LedgerColumn } from '#configuration';
import { writeWorkbook } from './workbook.js';

type Type = LedgerColumn['type'];

/** First cells of two rows, a drill and another, as a spreadsheet reads them. */
async function firstCells(type: Type, cell: string | number | null): Promise<readonly unknown[]> {
  const columns = [{ id: 'first', title: '首列', type, value: '=first' }] as unknown as readonly LedgerColumn[];
  const stream = new PassThrough();
  const whole = buffer(stream);
  const rows = [true, false].map((drill) => ({ cells: [cell], drill }));
  const pages = (async function* () {
    yield rows;
  })();
  await writeWorkbook(stream, { title: '台账', columns, note: [], pages });
  const workbook = new ExcelJs.Workbook();
  await workbook.xlsx.load((await whole) as unknown as ArrayBuffer);
  const sheet = workbook.worksheets[0]!;
  return [sheet.getCell('A2').value, sheet.getCell('A3').value];
}

describe('the first cell of a drill in a workbook', () => {
  it.each<[Type, string | number | null, string]>([
    ['date', '2026-03-02', '【演练】2026-03-02'],
    ['dateTime', '2026-03-02T01:30:00Z', '【演练】2026-03-02 09:30'],
    ['deadline', '2026-03-01T16:00:00Z', '【演练】2026-03-01 24:00'],
    ['text', 'XF-2026-00001', '【演练】XF-2026-00001'],
    ['integer' as Type, 3, '【演练】3'],
    ['text', null, '【演练】'],
  ])('of the type %s says that it is one, and reads as the column does', async (type, cell, text) => {
    const [drill, other] = await firstCells(type, cell);

    expect(drill).toBe(text);
    expect(String(other)).not.toContain('演练');
  });
});
