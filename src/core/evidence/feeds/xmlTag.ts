import { decodeEntities } from './xmlEntities.ts';

export type XmlAttributes = ReadonlyMap<string, string>;

const NAME = /^[A-Za-z_][\w.:-]*/;
const ATTRIBUTE = /\s+([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;

/** Attributes of one element that are read; more make it no feed's element. */
const MOST_ATTRIBUTES = 64;

const local = (name: string): string => name.slice(name.lastIndexOf(':') + 1);

/** Reads the inside of an opening tag (`name a="b" /`); undefined if it is none. */
export function parseTag(
  content: string,
): { name: string; attributes: XmlAttributes; empty: boolean } | undefined {
  const [name] = NAME.exec(content) ?? [];
  if (name === undefined) return undefined;
  const attributes = new Map<string, string>();
  ATTRIBUTE.lastIndex = name.length;
  let at = name.length;
  for (let match = ATTRIBUTE.exec(content); match !== null; match = ATTRIBUTE.exec(content)) {
    attributes.set(local(match[1] ?? ''), decodeEntities(match[2] ?? match[3] ?? ''));
    if (attributes.size > MOST_ATTRIBUTES) return undefined;
    at = ATTRIBUTE.lastIndex;
  }
  const end = content.slice(at).trim();
  return end === '' || end === '/' ? { name: local(name), attributes, empty: end === '/' } : undefined;
}
