import { expect, test } from 'vitest';
import { plainScreen, terminalScreen } from '../../../local/demo/view/screen.ts';

const written = (): { write: (text: string) => void; text: () => string } => {
  const parts: string[] = [];
  return { write: (text) => void parts.push(text), text: () => parts.join('') };
};

const aTerminal = (write: (text: string) => void, colours = false) =>
  terminalScreen({ write, elapsed: () => 0, columns: () => 20, rows: () => 5, colours });

test('without a terminal there is a line for each event with the seconds since the start, and nothing is redrawn', () => {
  const { write, text } = written();
  const screen = plainScreen({ write, elapsed: () => 12_345 });
  screen.say('✓ deployed');
  screen.show(['live']);
  screen.note('python-basic: TESTING');
  screen.print(['', 'summary']);
  expect(text()).toBe('  12.3 s  ✓ deployed\n  12.3 s  python-basic: TESTING\n\nsummary\n');
});

test('on a terminal what is live is replaced, and what stays goes above it', () => {
  const { write, text } = written();
  const screen = aTerminal(write);
  screen.show(['one', 'two']);
  screen.show(['three']);
  screen.note('not on a terminal');
  screen.say('done');
  screen.show([]);
  expect(text().replaceAll('\u001B', '^')).toBe('one\ntwo\n^[2A\r^[Jthree\n^[1A\r^[Jdone\nthree\n^[1A\r^[J');
});

test('what is live fits the terminal: a line that wrapped could not be erased', () => {
  const { write, text } = written();
  aTerminal(write).show(['a line that is longer than the terminal', '2', '3', '4', '5']);
  expect(text()).toBe('a line that is lon…\n2\n3\n');
});

test('colour only where it is wanted', () => {
  const plain = written();
  aTerminal(plain.write).say('✓ done');
  expect(plain.text()).toBe('✓ done\n');
  const coloured = written();
  aTerminal(coloured.write, true).say('✓ done');
  expect(coloured.text()).toBe('\u001B[32m✓\u001B[0m done\n');
});
