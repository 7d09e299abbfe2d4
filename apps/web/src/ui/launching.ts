import { createContext } from 'react';
import type { FormData, Launched, Launcher } from '../lib/api-types.js';

export type Launching = {
  launcher: Launcher;
  /** What the form holds beforehand. */
  given: FormData;
  started: (launched: Launched) => void;
};

/** Opens the form of a launcher from anywhere on a page of staff. */
export const LaunchContext = createContext<(launching: Launching) => void>(() => undefined);
