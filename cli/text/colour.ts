/** Escape sequences by what they say. */
const TONES = { bold: 1, dim: 2, good: 32, bad: 31, warn: 33, busy: 36 } as const;
type Tone = keyof typeof TONES;

const paint = (tone: Tone, text: string): string => `\u001B[${TONES[tone]}m${text}\u001B[0m`;

/** What carries meaning in a line, and its tone. Without colour every line says the same in words. */
const PAINTED: readonly (readonly [RegExp, Tone])[] = [
  [/✓/g, 'good'],
  [/✗|\bcritical\b/g, 'bad'],
  [/⚠️?|\bhigh\b/gu, 'warn'],
  [/⏳|▶/g, 'busy'],
  [/^[│├└─ ]*[├└]──/g, 'dim'],
];

/** Lines of a view with the first one bold and signs, levels and branches in colour. */
export function coloured(lines: readonly string[]): string[] {
  return lines.map((line, index) => (index === 0 ? paint('bold', line) : painted(line)));
}

/** A line with signs, levels and branches in colour. */
export function painted(line: string): string {
  return PAINTED.reduce((text, [sign, tone]) => text.replace(sign, (part) => paint(tone, part)), line);
}
