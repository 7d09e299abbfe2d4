const declared = /^<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/;

/**
 * The text of an XML file in whatever encoding its byte order mark or declaration names; UTF-8 where neither does, or where
 * the name is not known. The declaration then says UTF-8, as the text is kept. Source: XML 1.0, 4.3.3 and appendix F.
 */
export function decodeXml(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  return encoding === 'utf-8' ? text : text.replace(declared, (all, name: string) => all.replace(name, 'UTF-8'));
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be';
  if (first === 0xef) return 'utf-8';
  const beginning = String.fromCharCode(...bytes.subarray(0, 200));
  return known(declared.exec(beginning)?.[1] ?? 'utf-8');
}

function known(label: string): string {
  try {
    const { encoding } = new TextDecoder(label);
    // What is read byte by byte until here is no text of two bytes a letter, whatever it says.
    return encoding.startsWith('utf-16') ? 'utf-8' : encoding;
  } catch {
    return 'utf-8';
  }
}
