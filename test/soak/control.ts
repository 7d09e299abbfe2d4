import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface Control {
  /** Address of the request that does nothing. */
  readonly url: string;
  stop(): void;
}

/** Starts the server that does nothing in a process of its own. */
export async function startControl(): Promise<Control> {
  const child = spawn(process.execPath, [join(process.cwd(), 'dist/test/soak/control-server.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const origin = await new Promise<string>((done, fail) => {
    child.stdout.once('data', (chunk) => done(String(chunk).trim()));
    child.once('exit', (status) => fail(new Error(`Expected the control to start but it ended with ${status}.`)));
  });
  return { url: `${origin}/no-op`, stop: () => child.kill('SIGTERM') };
}
