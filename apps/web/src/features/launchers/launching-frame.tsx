import { useState, type ReactNode } from 'react';
import { LaunchContext, type Launching } from '../../ui/launching.js';
import { LauncherDrawer } from './launcher-drawer.js';

/** Shows the launcher that a page below asks for, outside of that page's own form. */
export function LaunchingFrame({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState<Launching | null>(null);
  return (
    <LaunchContext value={setOpen}>
      {children}
      {open && <LauncherDrawer {...open} close={() => setOpen(null)} />}
    </LaunchContext>
  );
}
