import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '../..');

/** A file of the project: its path from the root, with slashes, and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** Every file below a folder of the project whose name ends so; none where the folder is not there. */
export function filesBelow(folder: string, ...endings: readonly string[]): readonly Source[] {
  const whole = join(ROOT, folder);
  if (!existsSync(whole)) return [];
  return readdirSync(whole, { recursive: true, encoding: 'utf8' })
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .map((name) => ({
      path: posix.join(folder, name.split(sep).join('/')),
      text: readFileSync(join(whole, name), 'utf8'),
    }));
}

/** What a file imports, statically, dynamically or as types: packages by name, files by their path from the root. */
export function importsOf({ path, text }: Source): readonly string[] {
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) =>
      fileName.startsWith('.') ? posix.join(posix.dirname(path), fileName) : fileName,
    );
}

/** Names by which time, environment, chance and the outer world reach a program without being passed to it. */
const AMBIENT = new Set([
  ...['process', 'performance', 'crypto', 'console', 'fetch', 'globalThis', 'require'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'],
]);
const AMBIENT_MEMBERS = new Set(['Date.now', 'Math.random', 'Temporal.Now']);

/** Most files hold none of the names, not even in a comment, and need not be parsed. */
const ANY_NAME = new RegExp(`\\b(?:Date|${[...AMBIENT, ...AMBIENT_MEMBERS].join('|')})\\b`);

/** Every use of such a name in a file, with its line. */
export function ambientUses({ path, text }: Source): readonly string[] {
  if (!ANY_NAME.test(text)) return [];
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const name = ambientName(node);
    if (name !== undefined)
      found.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${name}`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function ambientName(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    const name = `${node.expression.getText()}.${node.name.text}`;
    return AMBIENT_MEMBERS.has(name) ? name : undefined;
  }
  if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
    const takesTheTime = node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) === 0;
    return takesTheTime ? 'the time of new Date()' : undefined;
  }
  return ts.isIdentifier(node) && AMBIENT.has(node.text) && isGlobal(node) ? node.text : undefined;
}

/** Whether the identifier stands for a value of its own, and not for a member, a key or a declared name. */
function isGlobal(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isTypeNode(parent) || ts.isQualifiedName(parent)) return false;
  return !('name' in parent && parent.name === node);
}
