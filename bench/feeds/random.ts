/** Numbers from a seed (mulberry32), so that every run measures the same. */
export function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const WORDS =
  'a an attacker buffer cause code could crafted crash denial discovered execute handling in incorrectly issue kernel local memory of overflow package possibly read remote service specially that the to trigger use user vulnerability was when write'.split(
    ' ',
  );

export function sentence(next: (below: number) => number, words: number): string {
  return Array.from({ length: words }, () => WORDS[next(WORDS.length)]!).join(' ');
}
