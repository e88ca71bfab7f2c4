/** A text that packs as feeds do (words that come again, near and far, between noise), the same every time. */
export function sampleText(length: number): Uint8Array {
  const words = Array.from({ length: 64 }, (_, i) => `"package-${(i * 2_654_435_761) % 1_000_003}": `);
  let state = 42;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
  const parts: string[] = [];
  for (let written = 0; written < length;) {
    const part = next(8) === 0 ? `${next(1_000_000_000)}` : words[next(words.length)]!.repeat(1 + next(3));
    parts.push(part);
    written += part.length;
  }
  return new TextEncoder().encode(parts.join('').slice(0, length));
}
