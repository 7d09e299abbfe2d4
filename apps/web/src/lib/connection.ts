/** Whether the server answers, as far as this page knows. */
export type Connection = {
  isLost: () => boolean;
  subscribe: (listener: () => void) => () => void;
  /** An answer of the server came. */
  heard: () => void;
  /** An answer did not come. One look decides; where a next one is planned already, that one does. */
  missed: () => void;
  /** Looks at once, whatever is planned: the browser says that something changed. */
  lookNow: () => void;
};

const FIRST_MS = 3_000;
const MOST_MS = 30_000;
/** Looks of many pages that lost the same server at the same moment spread over this part of the time between them. */
const SPREAD = 0.5;

/**
 * Remembers whether the server answers. Requests tell it; where one got no answer `look` asks once more, and only if that
 * fails too is the connection lost. From then on one look follows the other, each after twice the time, until one succeeds.
 */
export function createConnection(look: () => Promise<boolean>): Connection {
  const listeners = new Set<() => void>();
  let isLost = false;
  let isLooking = false;
  let planned: ReturnType<typeof setTimeout> | null = null;
  let waitMs = FIRST_MS;

  const drop = () => {
    if (planned !== null) clearTimeout(planned);
    planned = null;
  };
  const tell = (lost: boolean) => {
    if (lost === isLost) return;
    isLost = lost;
    for (const listener of listeners) listener();
  };
  const heard = () => {
    drop();
    waitMs = FIRST_MS;
    tell(false);
  };
  const lookNow = () => {
    drop();
    if (!isLooking) void looked();
  };
  const looked = async () => {
    isLooking = true;
    const answers = await look().catch(() => false);
    isLooking = false;
    if (answers) return heard();
    drop();
    planned = setTimeout(lookNow, waitMs * (1 - SPREAD * Math.random()));
    waitMs = Math.min(2 * waitMs, MOST_MS);
    tell(true);
  };
  return {
    isLost: () => isLost,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    heard,
    missed: () => {
      if (planned === null) lookNow();
    },
    lookNow,
  };
}

const LOOK_PATIENCE_MS = 10_000;

/** Whether the process answers; without who asks, so that the look is the same for everybody. */
async function serverAnswers(): Promise<boolean> {
  if (navigator.onLine === false) return false;
  const signal = AbortSignal.timeout(LOOK_PATIENCE_MS);
  const response = await fetch('/health/live', { credentials: 'omit', cache: 'no-store', signal });
  return comesFromServer(response);
}

/** False where a proxy answers in the place of a server that does not. */
export function comesFromServer({ status, headers }: Pick<Response, 'status' | 'headers'>): boolean {
  if (![502, 503, 504].includes(status)) return true;
  return (headers.get('content-type') ?? '').startsWith('application/problem+json');
}

/** The connection of this page. */
export const connection = createConnection(serverAnswers);

/** Hears of the network from the browser until the returned function is called. */
export function watchNetwork(page: Pick<Window, 'addEventListener' | 'removeEventListener'>): () => void {
  page.addEventListener('offline', connection.lookNow);
  page.addEventListener('online', connection.lookNow);
  return () => {
    page.removeEventListener('offline', connection.lookNow);
    page.removeEventListener('online', connection.lookNow);
  };
}
