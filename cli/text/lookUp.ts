/** What a table says of a word; a newer server may have words that are not in it. */
export function lookUp<V>(table: Readonly<Record<string, V>>, word: string, otherwise: V): V {
  return Object.hasOwn(table, word) ? (table[word] ?? otherwise) : otherwise;
}
