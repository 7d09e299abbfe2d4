import { DatabaseInUse } from '#persistence';
import { BrokenConfigurationError } from './platform/open-platform.js';
import { SettingsError } from './settings/settings.js';

/** Why the server does not start, for the person who started it. */
export function explain(error: unknown): string {
  if (error instanceof SettingsError)
    return `\n设置有误，未启动。 Settings are wrong, not started:\n${indented(error.message)}\n`;
  if (error instanceof BrokenConfigurationError) {
    return `\n配置有误，未启动。 The configuration has faults, not started:\n${indented(error.message)}\n`;
  }
  if (error instanceof DatabaseInUse) return `\n${error.message}\n`;
  const code = (error as { code?: unknown } | null)?.code;
  if (code === 'EADDRINUSE') return '\n端口已被占用，请设置 PORT。 The port is in use: set PORT to another.\n';
  return `\n无法启动 / Could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`;
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}
