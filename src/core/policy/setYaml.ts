import { isMap, isScalar, parseDocument, type Scalar, type YAMLMap } from 'yaml';

/**
 * A YAML text with one value changed and everything else as its author wrote it, blanks and comments included: the
 * value is replaced where it stands, or put first below the nearest of its parents. Where those are not written in
 * blocks the library writes the text anew; comments stay even then.
 */
export function setYaml(text: string, path: readonly string[], value: string): string {
  const document = parseDocument(text);
  const place = descend(document.contents, path);
  const edited = place && (replaced(text, place, path, value) ?? inserted(text, place, path, value));
  if (edited !== undefined) return edited;
  path.forEach((_, depth) => {
    const above = path.slice(0, depth);
    if (depth > 0 && isScalar(document.getIn(above, true))) document.setIn(above, document.createNode({}));
  });
  document.setIn(path, value);
  return document.toString({ lineWidth: 0 });
}

/** As far down the path as the document goes. */
interface Place {
  readonly map: YAMLMap;
  /** The key that the map stands below. */
  readonly parent: Scalar | undefined;
  readonly depth: number;
  /** What stands at the end of the path. */
  readonly value: unknown;
}

function descend(root: unknown, path: readonly string[]): Place | undefined {
  let place: Place | undefined;
  let parent: Scalar | undefined;
  let next = root;
  for (let depth = 0; isMap(next); depth++) {
    const found = next.items.find(({ key }) => isScalar(key) && key.value === path[depth]);
    place = { map: next, parent, depth, value: depth === path.length - 1 ? found?.value : undefined };
    if (found === undefined || !isScalar(found.key)) return place;
    parent = found.key;
    next = found.value;
  }
  return place;
}

function replaced(text: string, { depth, value: old }: Place, path: readonly string[], value: string) {
  if (depth !== path.length - 1 || !isScalar(old) || old.range == null) return undefined;
  const [start, end] = old.range;
  return start === end ? undefined : `${text.slice(0, start)}${value}${text.slice(end)}`;
}

function inserted(text: string, { map, parent, depth }: Place, path: readonly string[], value: string) {
  const first = map.items[0]?.key;
  if (map.flow === true || parent?.range == null || !isScalar(first) || first.range == null) return undefined;
  const lineEnd = text.indexOf('\n', parent.range[1]);
  const firstAt = first.range[0];
  if (lineEnd === -1 || lineEnd >= firstAt) return undefined;
  const missing = path.slice(depth);
  if (map.has(missing[0])) return undefined;
  const indent = text.slice(text.lastIndexOf('\n', firstAt) + 1, firstAt);
  const newline = text[lineEnd - 1] === '\r' ? '\r\n' : '\n';
  const lines = missing.map(
    (key, level) =>
      `${indent}${'  '.repeat(level)}${key}:${level === missing.length - 1 ? ` ${value}` : ''}${newline}`,
  );
  return `${text.slice(0, lineEnd + 1)}${lines.join('')}${text.slice(lineEnd + 1)}`;
}
