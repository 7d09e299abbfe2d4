import type { Problem } from './api.js';

/** What every editor of a file gets. An editor holds its own state and is mounted anew for other content. */
export type EditorProps = {
  path: string;
  /** Content to start from: the draft where there is one, else what is published. */
  content: string;
  /** New content, or null when the editor stands again where it started. */
  onChange: (content: string | null) => void;
  problems: Problem[];
  /** The problem whose place was asked for; a new object for each click. */
  target: { problem: Problem } | null;
  /** The place of the properties tab, for editors that fill it. */
  slot: HTMLElement | null;
};
