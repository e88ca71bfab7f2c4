/**
 * JSON with one spelling for one meaning: keys sorted, and nothing written for what is absent or empty (undefined,
 * null, empty lists and mappings). A field that a later version adds therefore leaves the text of all values without
 * it unchanged.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(prune(value) ?? null);
}

function prune(value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    // Inside a list a place means something: what is empty there stays, as null.
    const list = value.map((entry) => prune(entry) ?? null);
    return list.length === 0 ? undefined : list;
  }
  const entries = Object.entries(value)
    .map(([key, field]) => [key, prune(field)] as const)
    .filter(([, field]) => field !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
