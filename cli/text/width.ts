/** How many columns a terminal gives to text: none to marks that join, two to pictographs and East Asian letters. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += columnsOf(character);
  return width;
}

const NONE = /^[\p{Mn}\p{Me}\p{Cf}\uFE0F]$/u;
const TWO =
  /^[\p{Emoji_Presentation}\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]$/u;

function columnsOf(character: string): number {
  // Nearly every character is a plain letter.
  if (character >= ' ' && character <= '~') return 1;
  if (NONE.test(character)) return 0;
  return TWO.test(character) ? 2 : 1;
}

/** The text cut to a width, ending in `…` if anything was cut. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  return `${firstColumns(text, width - 1)}…`;
}

/** The text filled with spaces on its right up to a width. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** The text in lines no wider than `width`, broken at spaces, within a word only where it is longer than a line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (displayWidth(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = broken(word, width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  return [...lines, line];
}

function broken(word: string, width: number): string[] {
  const pieces: string[] = [];
  let rest = word;
  while (displayWidth(rest) > width) {
    const piece = firstColumns(rest, width);
    pieces.push(piece);
    rest = rest.slice(piece.length);
  }
  return [...pieces, rest];
}

/** As much of the text as fits, at least one character. */
function firstColumns(text: string, width: number): string {
  let taken = '';
  for (const character of text) {
    if (taken !== '' && displayWidth(taken + character) > width) break;
    taken += character;
  }
  return taken;
}
