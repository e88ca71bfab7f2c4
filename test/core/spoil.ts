/** What means something to one parser or another. */
export const SPLINTERS: readonly string[] = [
  '<',
  '>',
  '</',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '&',
  '&#x0;',
  '"',
  "'",
  '\0',
  '\ufeff',
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '|',
  '\t',
  '\n',
  '#',
  '\\',
  '../',
  '-',
  '~',
  '^',
  '%',
  '0',
  '9'.repeat(40),
  '\ud800',
  'é',
  '__proto__',
  'null',
];

/** A valid input with up to four things wrong: cut off, cut out, doubled, or with something strange in it. */
export function spoil(text: string, next: (below: number) => number): string {
  let spoilt = text;
  for (let times = next(4) + 1; times > 0; times -= 1) {
    const [at, length] = [next(spoilt.length + 1), next(20)];
    const [head, tail] = [spoilt.slice(0, at), spoilt.slice(at)];
    const splinter = SPLINTERS[next(SPLINTERS.length)] ?? '';
    const ways = [
      head,
      tail,
      head + tail.slice(length),
      head + splinter + tail,
      head + splinter + tail.slice(1),
      head + tail.slice(0, length).repeat(next(5)) + tail,
    ];
    spoilt = ways[next(ways.length + 2)] ?? head + String.fromCharCode(next(0x10000)) + tail.slice(1);
  }
  return spoilt.slice(0, 20_000);
}
