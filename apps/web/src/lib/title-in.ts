import { isEnglish } from './time.js';

/** What something is called in the language of the page; Chinese where it has no other name. */
export function titleIn(language: string, { title, titleEn }: { title: string; titleEn?: string | null }): string {
  return isEnglish(language) ? (titleEn ?? title) : title;
}
