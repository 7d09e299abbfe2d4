import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { DocumentDeclaration } from '#configuration';
import { wordFile } from '#documents';
import { unzip } from '#testing';

const edited = readdirSync('workflows', { withFileTypes: true })
  .map(({ name }) => join('workflows', name, 'documents.json'))
  .filter((path) => existsSync(path))
  .flatMap((path) => JSON.parse(readFileSync(path, 'utf8')) as DocumentDeclaration[])
  .filter(({ word }) => word === true);

/** All text that a reader of the page sees, without white space. */
function textOfPage(html: string): string {
  const body = html.slice(html.indexOf('<main'));
  const text = body.replace(/<[^>]*>/g, '').replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
  return plain(text.replaceAll('&#x27;', "'"));
}

function textOfWord(xml: string): string {
  return plain([...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text = '']) => text).join(''));
}

const plain = (text: string): string =>
  text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s/g, '');

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

describe('documents of the pack that an office edits', () => {
  it('are the answer, the minutes, the reports and the announcement', () => {
    const ids = ['T06', 'T09', 'T11-final', 'T11-follow', 'T14', 'T21', 'T23', 'T23-coordination', 'T23-weekly'];
    expect(edited.map(({ id }) => id).sort()).toEqual(ids);
  });

  it.each(edited)(
    '$id $title says in Word what its page says, with its headings, cells and bold words',
    async ({ id, title }) => {
      const html = readFileSync(join('test/documents', `${id}.html`), 'utf8');

      const file = unzip(await wordFile({ title, organization: '某单位', html }));

      const xml = file.get('word/document.xml') ?? '';
      expect(textOfWord(xml)).toBe(textOfPage(html));
      expect({
        titles: count(xml, /<w:pStyle w:val="Title"\/>/g),
        headings: count(xml, /<w:pStyle w:val="Heading2"\/>/g),
        // The place of a seal is a table of one cell.
        cells: count(xml, /<w:tc>/g),
        rows: count(xml, /<w:tr>/g),
        bold: count(xml, /<w:b\/>/g),
        pictures: count(xml, /<pic:pic /g),
      }).toEqual({
        titles: 1,
        headings: count(html, /<h2>/g),
        cells: count(html, /<t[dh][ >]/g) + count(html, /class="seal"/g),
        rows: count(html, /<tr>/g) + count(html, /class="seal"/g),
        bold: count(html, /<strong>/g),
        pictures: count(html, /<svg class="qr"/g),
      });
      expect(file.get('docProps/core.xml')).toContain(`<dc:title>${title}</dc:title>`);
    },
  );
});
