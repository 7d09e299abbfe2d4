// Writes files that each import some specs: those of a group share what they load, which takes longer than most of them run.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './lib.mjs';

/** Folders of short specs, and how many go into a group at most: those that start a server load the most. */
const GROUPS = [
  { name: 'test-e2e', folders: ['test/e2e'], most: 12 },
  {
    name: 'test-pack',
    folders: below('test', ['decisions', 'documents', 'indicators', 'layout', 'ledgers', 'parameters', 'trace']),
    most: 7,
  },
  { name: 'test-camunda-client', folders: ['test/camunda-client'], most: 16 },
  { name: 'apps-server', folders: ['apps/server'], most: 12 },
  { name: 'apps-web', folders: ['apps/web'], most: 30 },
  { name: 'libs-persistence', folders: ['libs/persistence'], most: 8 },
  { name: 'libs-engine', folders: ['libs/engine'], most: 12 },
  {
    name: 'libs',
    folders: below('libs', [
      'feel',
      'bpmn',
      'configuration',
      'documents',
      'dmn',
      'forms',
      'vault',
      'calendar',
      'runtime',
    ]),
    most: 16,
  },
];

/** Specs that count what the process does, or take minutes: they stay alone. */
const ALONE = [/cheap-reads/, /laws\.spec/];

const groupsFolder = join(root, 'dist', 'spec-groups');

/** Writes the groups anew; returns these files and all specs that are in none, but for those below `except`. */
export function writeGroups(except) {
  rmSync(groupsFolder, { recursive: true, force: true });
  mkdirSync(groupsFolder, { recursive: true });
  const specs = ['apps', 'libs', 'test'].flatMap(specsBelow).filter((path) => !isBelow(path, except));
  const groups = GROUPS.flatMap(({ name, folders, most }) => {
    const together = specs.filter((path) => isBelow(path, folders) && !isAlone(path));
    return writeGroupsOf(name, together, Math.ceil(together.length / most));
  });
  const grouped = GROUPS.flatMap(({ folders }) => folders);
  return [...groups, ...specs.filter((path) => isAlone(path) || !isBelow(path, grouped))];
}

function writeGroupsOf(name, specs, count) {
  return Array.from({ length: count }, (_, group) => {
    const lines = specs
      .filter((_path, index) => index % count === group)
      .map((path) => `import '../../${path.replace(/\.ts$/, '.js')}';\n`);
    const file = join(groupsFolder, `${name}-${group + 1}.spec.ts`);
    writeFileSync(file, lines.join(''));
    return relative(root, file);
  });
}

const isBelow = (path, folders) => folders.some((folder) => path.startsWith(`${folder}/`));
const isAlone = (path) => ALONE.some((pattern) => pattern.test(path));

function below(folder, names) {
  return names.map((name) => `${folder}/${name}`);
}

/** Paths from the root, with slashes. */
function specsBelow(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => `${folder}/${String(name).replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.spec.ts') && !path.includes('node_modules'))
    .sort();
}
