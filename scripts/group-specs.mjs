// Writes files that each import some specs: those of a group share what they load, which takes longer than most of them run.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './lib.mjs';

/** Folders of short specs, and how many go into a group at most: those that start a server load the most. */
const FOLDERS = [
  { folder: 'test/e2e', most: 7 },
  { folder: 'test/camunda-client', most: 8 },
  { folder: 'apps/server', most: 8 },
  { folder: 'apps/web', most: 20 },
  { folder: 'libs/persistence', most: 8 },
  { folder: 'libs/engine', most: 8 },
  { folder: 'libs/feel', most: 8 },
  { folder: 'libs/bpmn', most: 9 },
  { folder: 'libs/configuration', most: 10 },
  { folder: 'libs/documents', most: 8 },
  { folder: 'libs/dmn', most: 8 },
  { folder: 'libs/forms', most: 8 },
  { folder: 'libs/vault', most: 8 },
];
/** Specs that count what the process does, or take minutes: they stay alone. */
const ALONE = [/cheap-reads/, /laws\.spec/];

const groupsFolder = join(root, 'dist', 'spec-groups');

/** Writes the groups anew; returns these files and all specs that are in none, but for those below `except`. */
export function writeGroups(except) {
  rmSync(groupsFolder, { recursive: true, force: true });
  mkdirSync(groupsFolder, { recursive: true });
  const specs = ['apps', 'libs', 'test'].flatMap(specsBelow).filter((path) => !isBelow(path, except));
  const groups = FOLDERS.flatMap(({ folder, most }) => {
    const together = specs.filter((path) => isBelow(path, [folder]) && !isAlone(path));
    return writeGroupsOf(folder, together, Math.ceil(together.length / most));
  });
  const grouped = FOLDERS.map(({ folder }) => folder);
  return [...groups, ...specs.filter((path) => isAlone(path) || !isBelow(path, grouped))];
}

function writeGroupsOf(folder, specs, count) {
  return Array.from({ length: count }, (_, group) => {
    const lines = specs
      .filter((_path, index) => index % count === group)
      .map((path) => `import '../../${path.replace(/\.ts$/, '.js')}';\n`);
    const file = join(groupsFolder, `${folder.replaceAll('/', '-')}-${group + 1}.spec.ts`);
    writeFileSync(file, lines.join(''));
    return relative(root, file);
  });
}

const isBelow = (path, folders) => folders.some((folder) => path.startsWith(`${folder}/`));
const isAlone = (path) => ALONE.some((pattern) => pattern.test(path));

/** Paths from the root, with slashes. */
function specsBelow(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => `${folder}/${String(name).replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.spec.ts') && !path.includes('node_modules'))
    .sort();
}
