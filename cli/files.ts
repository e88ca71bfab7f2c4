import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from './failure.ts';

/** No policy or template is near this long. */
const LARGEST_FILE = 1_000_000;

/** The bytes of a file, as long as it can be a policy or a template. @throws Failure in a sentence */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > LARGEST_FILE)
      throw new Failure(
        'file',
        `${path} is ${size} bytes: no policy or template is larger than ${LARGEST_FILE}.`,
      );
    return await readFile(path);
  } catch (error) {
    throw error instanceof Failure ? error : unreadable(path, error);
  }
}

/** @throws Failure in a sentence, also if the file is not UTF-8 */
export async function readText(path: string): Promise<string> {
  const bytes = await readBytes(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Failure('file', `${path} is not UTF-8 text: save it as UTF-8.`);
  }
}

/** The files meant by a path: itself, or every YAML file below it in order of name. @throws Failure in a sentence */
export async function yamlFiles(path: string): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const entries = await readdir(path, { recursive: true });
    const files = entries.filter((entry) => /\.ya?ml$/i.test(entry)).sort();
    if (files.length > 0) return files.map((file) => join(path, file));
  } catch (error) {
    throw unreadable(path, error);
  }
  throw new Failure('file', `There is no .yaml or .yml file in ${path}.`);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'it may not be read',
  ENOTDIR: 'a part of its path is no directory',
};

function unreadable(path: string, error: unknown): Failure {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return new Failure('file', `${path} cannot be read: ${REASONS[code] ?? String(error)}.`);
}
