import type { Problem } from '#bpmn';
import type { ParsedDmn } from './model.js';
import { namespaceOfText } from './load-file.js';
import { parseDmn } from './parse-dmn.js';

export interface DmnFile extends ParsedDmn {
  readonly path: string;
  /** Paths of the files that it imports, directly or through others, sorted. */
  readonly imports: readonly string[];
}

/**
 * Reads DMN files that may import one another. Two files may have one namespace as long as nobody imports it; else it is
 * not known which one is meant, and the importing file is refused.
 */
export async function parseDmnFiles(files: ReadonlyMap<string, string>): Promise<readonly DmnFile[]> {
  const namespaces = new Map([...files].map(([path, xml]) => [path, namespaceOfText(xml)]));
  const read = async ([path, xml]: readonly [string, string]): Promise<DmnFile> => {
    const others = [...files].filter(([other]) => other !== path);
    const {
      model,
      problems,
      imported = [],
    } = await parseDmn(
      xml,
      others.map(([, text]) => text),
    );
    const found = imported.map((namespace) =>
      others.map(([other]) => other).filter((other) => namespaces.get(other) === namespace),
    );
    const ambiguous = imported.flatMap((namespace, index) => {
      const paths = found[index] ?? [];
      return paths.length > 1 ? [ambiguousImport(namespace, paths)] : [];
    });
    const imports = found.flat().sort();
    if (ambiguous.length > 0) return { path, imports, problems: [...problems, ...ambiguous] };
    return { path, imports, problems, ...(model && { model }) };
  };
  return Promise.all([...files].map(read));
}

function ambiguousImport(namespace: string, paths: readonly string[]): Problem {
  const named = [...paths].sort().map((path) => `"${path}"`);
  return {
    severity: 'error',
    code: 'dmn.ambiguousImport',
    message: `Expected one file with the imported namespace "${namespace}" but ${named.join(' and ')} have it; give each file a namespace of its own.`,
    messageZh: `引入的命名空间 “${namespace}” 对应多个文件：${named.join('、')}，请为每个文件设置各自的命名空间。`,
  };
}
