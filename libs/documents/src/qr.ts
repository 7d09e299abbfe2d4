import qrcode from 'qrcode-generator';

const MAX_CHARACTERS = 500;
const QUIET_ZONE = 4;

/** A QR code as inline SVG, error correction M, with its quiet zone (ISO/IEC 18004). Up to 500 characters, ASCII best. */
export function qrSvg(text: string): string {
  const code = qrcode(0, 'M');
  code.addData(encodeURI(text.slice(0, MAX_CHARACTERS)).replaceAll('%25', '%'), 'Byte');
  code.make();
  const modules = code.getModuleCount();
  const size = modules + 2 * QUIET_ZONE;
  const rows = Array.from({ length: modules }, (_, row) => row);
  const path = rows
    .flatMap((row) => rows.filter((column) => code.isDark(row, column)).map((column) => square(row, column)))
    .join('');
  return (
    `<svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" role="img" aria-label="二维码" ` +
    `shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}"/></svg>`
  );
}

function square(row: number, column: number): string {
  return `M${column + QUIET_ZONE} ${row + QUIET_ZONE}h1v1h-1z`;
}
