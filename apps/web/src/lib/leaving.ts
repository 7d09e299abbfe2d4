import { useEffect } from 'react';

let isLeavingAtOnce = false;

/** The quick way out: no question stands in it, and Back does not lead to the page that was left. */
export function leaveAtOnce(address: string): void {
  isLeavingAtOnce = true;
  window.location.replace(address);
}

/** Has the browser ask before the tab closes or loads another page, as long as something would be lost. */
export function useWarnBeforeLeaving(isNeeded: () => boolean): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (!isLeavingAtOnce && isNeeded()) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isNeeded]);
}
