/** Names that fit into a line; the others are counted. */
const SHOWN = 8;

/** The first few of some names, each once, and how many more there are. */
export function few(names: readonly string[]): string {
  const all = [...new Set(names)];
  const more = all.length > SHOWN ? ` and ${all.length - SHOWN} more` : '';
  return `${all.slice(0, SHOWN).join(', ')}${more}`;
}
