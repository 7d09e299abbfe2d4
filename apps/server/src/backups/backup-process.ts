import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';

/** Last characters of what a failed backup said that are told. */
const TOLD = 2_000;

/** Makes a backup in a process of its own: checking the copy replays every history, and people work meanwhile. */
@Injectable()
export class BackupProcess {
  /** @throws Error with what the command said, where it did not end well. */
  async run(folder: string): Promise<void> {
    const program = fileURLToPath(new URL('../cli.js', import.meta.url));
    const child = spawn(process.execPath, [program, 'backup', folder], { stdio: ['ignore', 'ignore', 'pipe'] });
    if (child.pid !== undefined) lowerPriority(child.pid);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => void (said = (said + text).slice(-TOLD)));
    const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
    if (code !== 0) throw new Error(said.trim() || `The backup ended with ${String(code)}.`);
  }
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It may have ended already, or the system does not let us: then it runs as it is.
  }
}
