import { fillPlaceholders } from './placeholders.ts';
import { fields, isMapping, scalarText } from './yamlCursor.ts';
import type { Cursor } from './yamlCursor.ts';

/** A parameterised template is built with its parameters' defaults and its variables. */
export function withParameters(root: Cursor): Cursor {
  const given = isMapping(root) ? fields(root) : new Map<string, Cursor>();
  const parameters = given.get('parameters');
  const variables = given.get('variables');
  if (parameters === undefined && variables === undefined) return root;
  const values = new Map<string, string>([['WebInterfaceBindIP', '127.0.0.1']]);
  for (const [name, value] of parameters === undefined ? [] : fields(parameters)) {
    const fallback = isMapping(value) ? fields(value).get('default') : undefined;
    values.set(name, (fallback === undefined ? undefined : scalarText(fallback)) ?? '');
  }
  for (const [name, value] of variables === undefined ? [] : fields(variables))
    values.set(name, scalarText(value) ?? '');
  return { ...root, source: { ...root.source, render: (text) => fillPlaceholders(text, values) } };
}

/** The same place, its placeholders left for the launcher to fill in. */
export function withoutParameters(at: Cursor): Cursor {
  const { findings, document, lines, aliases } = at.source;
  return { ...at, source: { findings, document, lines, aliases } };
}
