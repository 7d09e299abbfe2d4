/** Writes a code as it is printed, XXXX-XXXX-XXXX, whatever spaces, dashes or small letters were typed. */
export function formatCode(typed: string): string {
  const letters = typed.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const groups = letters.slice(0, 12).match(/.{1,4}/g) ?? [];
  return groups.join('-');
}
