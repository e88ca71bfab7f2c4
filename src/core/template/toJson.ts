import type { Json } from './template.ts';
import { fields, isList, isMapping, items, scalarText, scalarValue } from './yamlCursor.ts';
import type { Cursor } from './yamlCursor.ts';

/** Whatever stands here, as plain data: how keys that do not concern image building are kept. */
export function toJson(at: Cursor): Json {
  if (isMapping(at)) return Object.fromEntries([...fields(at)].map(([key, value]) => [key, toJson(value)]));
  if (isList(at)) return items(at, 'a value').map(toJson);
  const value = scalarValue(at);
  return typeof value === 'number' || typeof value === 'boolean' ? value : (scalarText(at) ?? null);
}
