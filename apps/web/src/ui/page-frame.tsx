import { useEffect, type ReactNode } from 'react';

type Props = { title: string; subtitle?: ReactNode; extra?: ReactNode; children: ReactNode; width?: number };

/** A staff page: heading, quiet actions beside it, content below. */
export function PageFrame({ title, subtitle, extra, children, width = 1200 }: Props) {
  useDocumentTitle(title);
  return (
    <div className="ct-page" style={{ maxWidth: width }}>
      <div className="ct-row" style={{ marginBottom: 16 }}>
        <div>
          <h1 className="ct-page-title">{title}</h1>
          {subtitle && <div className="ct-soft">{subtitle}</div>}
        </div>
        <div className="ct-row-end">{extra}</div>
      </div>
      {children}
    </div>
  );
}

/** Names the tab as long as what calls it is there; then it is called as before. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    const before = document.title;
    document.title = title;
    return () => {
      document.title = before;
    };
  }, [title]);
}
