import { escapeHtml } from './html.js';

export interface A4Page {
  readonly title: string;
  /** Rendered, escaped HTML. */
  readonly body: string;
  /** Number of the document. */
  readonly number?: string;
  /** Shown as given, such as `2026年3月2日`. */
  readonly printedAt?: string;
  readonly organization?: string;
  /** A drill is marked over the whole page. */
  readonly drill?: boolean;
}

const CSS = `
@page { size: A4; margin: 25mm 20mm; }
* { box-sizing: border-box; }
html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { margin: 0; color: #000; background: #fff; font: 14pt/1.75 "FangSong", "仿宋", "FangSong_GB2312", "STFangsong", "SimSun", "宋体", "Noto Serif CJK SC", "Noto Serif SC", serif; }
.sheet { position: relative; max-width: 170mm; min-height: 240mm; margin: 0 auto; }
header.document { display: flex; justify-content: space-between; font-size: 10.5pt; border-bottom: 0.5pt solid #000; margin-bottom: 8mm; }
h1 { font: bold 22pt/1.4 "SimHei", "黑体", "Noto Sans CJK SC", sans-serif; text-align: center; margin: 0 0 8mm; }
h2 { font: bold 15pt/1.6 "SimHei", "黑体", "Noto Sans CJK SC", sans-serif; margin: 6mm 0 2mm; break-after: avoid; }
p { margin: 0 0 3mm; }
p.indent { text-indent: 2em; }
table { width: 100%; border-collapse: collapse; }
th, td { border: 0.75pt solid #000; padding: 2mm; vertical-align: top; text-align: left; overflow-wrap: anywhere; }
th { font-weight: normal; white-space: nowrap; }
tr, .keep { break-inside: avoid; }
.right { text-align: right; }
.center { text-align: center; }
.sign { margin-top: 12mm; text-align: right; break-inside: avoid; break-before: avoid; }
.seal { display: inline-block; min-width: 42mm; min-height: 42mm; margin: 4mm 0; padding: 14mm 2mm 0; border: 0.75pt dashed #a00; border-radius: 50%; color: #a00; text-align: center; font-size: 10.5pt; line-height: 1.4; break-inside: avoid; }
svg.qr { width: 25mm; height: 25mm; }
.drill { position: fixed; inset: 0; display: flex; align-items: center; justify-content: center; pointer-events: none; font: bold 140pt/1 "SimHei", "黑体", "Noto Sans CJK SC", sans-serif; color: rgba(200, 0, 0, 0.18); transform: rotate(-30deg); }
@media screen { body { padding: 10mm; background: #e8e8e8; } .sheet { background: #fff; padding: 25mm 20mm; max-width: 210mm; box-shadow: 0 1mm 4mm rgba(0, 0, 0, 0.2); } }
@media screen and (max-width: 700px) { body { padding: 0; font-size: 12pt; } .sheet { padding: 8mm 5mm; } }
`;

/** A whole HTML page for an A4 printer, without script and without anything loaded from elsewhere. */
export function a4Page({ title, body, number, printedAt, organization, drill }: A4Page): string {
  const left = organization ? escapeHtml(organization) : '';
  const right = [number && `编号：${number}`, printedAt && `日期：${printedAt}`].filter((text) => text);
  const header =
    left || right.length > 0
      ? headerOf(
          left,
          right.map((text) => escapeHtml(String(text))),
        )
      : '';
  return [
    '<!doctype html>',
    '<html lang="zh-CN">',
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${CSS}</style></head>`,
    '<body>',
    ...(drill ? ['<div class="drill" role="note" aria-label="演练">演练</div>'] : []),
    `<main class="sheet">${header}<h1>${escapeHtml(title)}${drill ? '（演练）' : ''}</h1>`,
    body,
    '</main></body>',
    '</html>',
  ].join('\n');
}

function headerOf(left: string, right: readonly string[]): string {
  return `<header class="document"><span>${left}</span><span>${right.join('&#12288;')}</span></header>`;
}
