import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Document, LineCounter, Node } from 'yaml';
import { addFinding } from './findings.ts';
import type { Findings, Hints } from './findings.ts';

/** Uses of anchors in one file, nested ones counted each time: real files need a handful, alias bombs billions. */
const MAX_ALIASES = 64;

/** Deepest nesting of a file; the deepest known template has six levels. */
const MAX_DEPTH = 32;

/** A place in a YAML document: what stands there, and where that is. Anchors are followed. */
export interface Cursor {
  readonly node: Node;
  /** Such as `services[1].port`. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly depth: number;
  readonly source: Source;
}

/** What all cursors of one file share. */
export interface Source {
  readonly findings: Findings;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
  aliases: number;
  /** Fills placeholders into the texts read below this cursor; absent where a file declares none. */
  readonly render?: (text: string) => Rendered;
}

/** A text with its placeholders filled in, and what in it could not be. */
export interface Rendered {
  readonly text: string;
  readonly faults: readonly string[];
}

export function problem(at: Cursor, message: string, hints: Hints = {}): void {
  addFinding(at.source.findings.problems, { ...place(at), message, ...hints });
}

export function warn(at: Cursor, message: string, hints: Hints = {}): void {
  addFinding(at.source.findings.warnings, { ...place(at), message, ...hints });
}

/**
 * The fields of a mapping that have a value, by key. A key written twice is a problem, as is anything but a mapping;
 * explicit nulls mean "not given".
 */
export function fields(at: Cursor): ReadonlyMap<string, Cursor> {
  const found = new Map<string, Cursor>();
  if (!isMap(at.node)) {
    problem(at, `${describe(at.node)} stands where fields belong`, {
      expected: 'a mapping of keys to values',
    });
    return found;
  }
  const seen = new Map<string, number>();
  for (const { key, value } of at.node.items) {
    const keyNode = key as Node;
    const name = isScalar(keyNode) ? sourceText(keyNode.value, keyNode.source) : undefined;
    const keyAt = enter(at.source, keyNode, at.path, at.depth, startOf(keyNode, at));
    if (name === undefined) {
      problem(keyAt ?? at, 'a key must be a plain word');
      continue;
    }
    const path = at.path === '' ? name : `${at.path}.${name}`;
    if (name === '<<') {
      problem(keyAt ?? at, 'merge keys (<<) are not supported', {
        suggestion: 'use inherits, or repeat the fields',
      });
      continue;
    }
    const first = seen.get(name);
    if (first !== undefined) {
      problem({ ...(keyAt ?? at), path }, `the key is written twice (first in line ${first})`);
      continue;
    }
    seen.set(name, keyAt?.line ?? at.line);
    // A list or mapping is found by its key, a scalar by itself.
    const child = enter(
      at.source,
      value as Node | null,
      path,
      at.depth + 1,
      startOf(isScalar(value) || isAlias(value) ? value : keyNode, at),
    );
    if (child !== undefined) found.set(name, child);
  }
  return found;
}

/** The entries of a list; nulls among them are problems. */
export function items(at: Cursor, expected: string): readonly Cursor[] {
  if (!isSeq(at.node)) {
    problem(at, `${describe(at.node)} stands where a list belongs`, { expected });
    return [];
  }
  return at.node.items.flatMap((item, index) => {
    const node = item as Node | null;
    const entry = enter(at.source, node, `${at.path}[${index}]`, at.depth + 1, startOf(node, at));
    if (!node || (isScalar(node) && node.value === null)) {
      problem({ ...at, path: `${at.path}[${index}]` }, 'the entry is empty', { expected });
    }
    return entry === undefined ? [] : [entry];
  });
}

/** A scalar as it is written: `1.0` stays `1.0`. Undefined for lists and mappings. */
export function scalarText(at: Cursor): string | undefined {
  return isScalar(at.node) ? sourceText(at.node.value, at.node.source) : undefined;
}

/** A scalar as YAML understands it. */
export function scalarValue(at: Cursor): unknown {
  return isScalar(at.node) ? at.node.value : undefined;
}

export function isMapping(at: Cursor): boolean {
  return isMap(at.node);
}

export function isList(at: Cursor): boolean {
  return isSeq(at.node);
}

/** What stands there, for problems. */
export function describe(node: Node): string {
  if (isMap(node)) return 'a mapping';
  if (isSeq(node)) return 'a list';
  return `"${(isScalar(node) ? sourceText(node.value, node.source) : undefined)?.slice(0, 40) ?? ''}"`;
}

function sourceText(value: unknown, source: string | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return source ?? String(value);
  return undefined;
}

/** Follows anchors and refuses what no template needs: nesting without end, and anchors used to multiply. */
export function enter(
  source: Source,
  node: Node | null,
  path: string,
  depth: number,
  offset: number,
): Cursor | undefined {
  const { line, col } = source.lines.linePos(offset);
  const at = { path, line, column: col, depth, source };
  let target: Node | null | undefined = node;
  while (isAlias(target)) {
    source.aliases += 1;
    if (source.aliases > MAX_ALIASES) {
      problem({ ...at, node: target }, `anchors are used more than ${MAX_ALIASES} times`, {
        suggestion: 'write the values out, or use inherits',
      });
      return undefined;
    }
    const resolved: Node | undefined = target.resolve(source.document);
    if (resolved === undefined)
      problem({ ...at, node: target }, `the anchor *${target.source} does not exist`);
    target = resolved;
  }
  if (!target || (isScalar(target) && target.value === null)) return undefined;
  if (depth > MAX_DEPTH) {
    problem({ ...at, node: target }, `nested more than ${MAX_DEPTH} levels deep`);
    return undefined;
  }
  return { ...at, node: target };
}

/** Where a node begins; what was not written, such as a value made up by the parser, is where its surroundings are. */
function startOf(node: Node | null | undefined, surroundings: Cursor): number {
  return node?.range?.[0] ?? surroundings.node.range?.[0] ?? 0;
}

function place({ path, line, column, source }: Cursor) {
  return { file: source.findings.file, line, column, path };
}
