/** Voices of some browsers fall silent in the middle of a long text. */
const LIMIT = 160;

/** A page's text in parts that are read aloud one after the other: sentences, the long ones cut at commas. */
export function spokenParts(text: string): string[] {
  const sentences = text.split(/(?<=[。！？；!?])|(?<=\.\s)|\n+/);
  return sentences
    .flatMap((sentence) => (sentence.length > LIMIT ? sentence.split(/(?<=[，、,：:])/) : [sentence]))
    .flatMap((part) => part.match(new RegExp(`.{1,${LIMIT}}`, 'gs')) ?? [])
    .map((part) => part.trim())
    .filter((part) => /[\p{L}\p{N}]/u.test(part));
}
