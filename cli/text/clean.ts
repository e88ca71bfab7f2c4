/** Control and format characters but line feeds: what an author or a build's log wrote must not steer the terminal. */
const STEERING = /(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** The value with every text in it free of control characters; line feeds stay. */
export function clean<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) =>
    typeof part === 'string' ? part.replaceAll('\t', '  ').replace(STEERING, '') : part,
  ) as T;
}

/** The text on one line. */
export function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim();
}

/** JSON for people and programs: two spaces, and no character that steers a terminal unescaped. */
export function cleanJson(value: unknown): string {
  const escaped = (character: string): string =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join('');
  return JSON.stringify(value, null, 2).replace(STEERING, escaped);
}
