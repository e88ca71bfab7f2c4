const WORDS =
  'a an attacker buffer cause code could crafted crash denial discovered execute handling in incorrectly issue kernel local memory of overflow package possibly read remote service specially that the to trigger use user vulnerability was when write'.split(
    ' ',
  );

export function sentence(next: (below: number) => number, words: number): string {
  return Array.from({ length: words }, () => WORDS[next(WORDS.length)]!).join(' ');
}
