import type { ReactNode } from 'react';

type Entry = { key: string; isOwn: boolean; who: string; at: string; dateTime: string; text: ReactNode };

/** A conversation, oldest first; one's own texts stand to the right. */
export function Thread({ entries }: { entries: Entry[] }) {
  return (
    <ol className="ct-thread">
      {entries.map(({ key, isOwn, who, at, dateTime, text }) => (
        <li key={key} className={isOwn ? 'is-own' : ''}>
          <div className="ct-soft">
            {who} <time dateTime={dateTime}>{at}</time>
          </div>
          <div className="ct-thread-text">{text}</div>
        </li>
      ))}
    </ol>
  );
}
