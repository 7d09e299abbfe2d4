import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';
import { partialOf } from './nightly-folders.js';

/** Last characters of what a failed backup said that are told. */
const TOLD = 2_000;

/** Makes a backup in a process of its own: checking the copy replays every history, and people work meanwhile. */
@Injectable()
export class BackupProcess {
  protected readonly program = fileURLToPath(new URL('../cli.js', import.meta.url));

  /**
   * Ends the process where `stop` is aborted: a server that goes down waits for no backup, and leaves none behind that
   * goes on without it.
   *
   * @throws Error with what the command said, where it did not end well.
   */
  async run(folder: string, stop: AbortSignal): Promise<void> {
    stop.throwIfAborted();
    const child = spawn(process.execPath, [this.program, 'backup', folder], { stdio: ['ignore', 'ignore', 'pipe'] });
    if (child.pid !== undefined) lowerPriority(child.pid);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => void (said = (said + text).slice(-TOLD)));
    const end = () => void child.kill('SIGKILL');
    stop.addEventListener('abort', end);
    const ended = new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
    const code = await ended.finally(() => stop.removeEventListener('abort', end));
    if (code === 0) return;
    // A process that was ended did not clear up after itself.
    await rm(partialOf(folder), { recursive: true, force: true });
    throw new Error(said.trim() || `The backup ended with ${String(code)}.`);
  }
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It may have ended already, or the system does not let us: then it runs as it is.
  }
}
