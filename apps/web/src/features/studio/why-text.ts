/** Why a second person must look: one sentence, several, or problems with a Chinese sentence each. */
export function whyText(why: unknown): string {
  if (Array.isArray(why)) return why.map(whyText).filter(Boolean).join('\n');
  if (typeof why === 'string') return why;
  if (typeof why !== 'object' || why === null) return '';
  const { messageZh, message } = why as { messageZh?: unknown; message?: unknown };
  return typeof messageZh === 'string' ? messageZh : typeof message === 'string' ? message : '';
}
