/**
 * Text that enters a generated script enters it by one of these two ways, and by no other: quoted as one argument,
 * or as the body of a here-document whose delimiter does not occur in it. Neither lets bash interpret any of it.
 * Both keep `{{` out of the script, which AWSTOE would take for a reference to a parameter or an output.
 */

/** One argument, whatever is in it. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''").replaceAll('{{', "{''{").replaceAll('{{', "{''{")}'`;
}

/** A bash array holding the words, one a line. */
export function shellArray(name: string, words: readonly string[]): string {
  return [`${name}=(`, ...words.map((word) => `  ${shellQuote(word)}`), ')'].join('\n');
}

/** The command fed with the text on its standard input. */
export function feed(command: string, text: string): string {
  const body = text.endsWith('\n') || text === '' ? text : `${text}\n`;
  const end = unusedWord('AUTO_AMI_END', body);
  if (!body.includes('{{')) return `${command} <<'${end}'\n${body}${end}`;
  const braces = unusedWord('AUTO_AMI_BRACES', body);
  const hidden = body.replaceAll('{{', braces);
  return `sed 's/${braces}/\\x7b\\x7b/g' <<'${end}' | ${command}\n${hidden}${end}`;
}

/** The word, numbered if need be so that it does not occur in the text. */
function unusedWord(word: string, text: string): string {
  let candidate = word;
  for (let number = 2; text.includes(candidate); number++) candidate = `${word}_${number}`;
  return candidate;
}
