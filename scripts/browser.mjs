// Finds Chromium and a Chinese font for the browser specs; installs Debian's packages where both may be had, else says which command to run.
import { existsSync } from 'node:fs';
import { attempt, say } from './lib.mjs';

const candidates = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const find = () => candidates.find((path) => path && existsSync(path));
const hasChineseFont = () =>
  process.platform !== 'linux' || /\S/.test(attempt('fc-list', [':lang=zh', 'family']).stdout);

/** Path of a Chromium that can show Chinese; ends the script with the command to run where there is none. */
export function browserPath() {
  if (!find() || !hasChineseFont()) installPackages();
  const path = find();
  if (path && hasChineseFont()) return path;
  console.error('The browser specs need Chromium and a Chinese font. On Debian or Ubuntu run:');
  console.error('  sudo apt-get update && sudo apt-get install -y chromium fontconfig fonts-noto-cjk');
  console.error('Elsewhere install Chromium and set CHROMIUM_PATH to its program.');
  process.exit(1);
}

function installPackages() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !attempt('apt-get', ['--version']).ok) return;
  say('installing Chromium and a Chinese font for the browser specs …');
  attempt('apt-get', ['update']);
  attempt('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fontconfig', 'fonts-noto-cjk'], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
