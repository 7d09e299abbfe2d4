// npm run trace: writes docs/regulation-trace.md from the marks in workflows/ and forms/.
import { install, requireNode, run } from './lib.mjs';

requireNode();
install();
const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--runInBand'];
run(process.execPath, [...jest, 'test/trace'], { env: { TZ: 'Asia/Shanghai', UPDATE_DOCS: '1' } });
