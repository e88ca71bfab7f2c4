import { knownFields } from './knownFields.ts';
import { readBlock, readFlag, readInteger, readLine, readList } from './readValues.ts';
import type { Expectation, TemplateTest } from './template.ts';
import { isMapping, problem } from './yamlCursor.ts';
import type { Cursor } from './yamlCursor.ts';

const EXPECTATIONS = ['success', 'equals', 'contains', 'expected_output', 'expected_exit_code'] as const;
const KEYS = ['name', 'command', 'script', 'timeout_seconds', ...EXPECTATIONS] as const;

/** `tests:` and the older `validation:`: commands, or mappings of a command and what is expected of it. */
export function readTests(at: Cursor | undefined): readonly TemplateTest[] {
  const seen = new Set<string>();
  return readList(at, 'a list of commands', (entry) => {
    const test = readTest(entry);
    if (test !== undefined && seen.has(test.name)) problem(entry, `the test "${test.name}" is listed twice`);
    if (test !== undefined) seen.add(test.name);
    return test;
  });
}

function readTest(at: Cursor): TemplateTest | undefined {
  if (!isMapping(at)) return withName(undefined, readCommand(at), { kind: 'success' });
  const given = knownFields(at, KEYS, 'tell');
  const source = given.command ?? given.script;
  if (source === undefined) problem(at, 'the test has no command');
  const told = EXPECTATIONS.filter((key) => given[key] !== undefined);
  if (told.length > 1)
    problem(at, `the test expects several things: ${told.join(', ')}`, { expected: 'one of them' });
  const name = given.name === undefined ? undefined : readLine(given.name, 'the name of the test');
  const command = source === undefined ? undefined : readCommand(source);
  return withName(name, command, readExpectation(given) ?? { kind: 'success' });
}

function readExpectation(
  given: Readonly<Partial<Record<(typeof KEYS)[number], Cursor>>>,
): Expectation | undefined {
  if (given.success !== undefined) return { kind: readFlag(given.success) === false ? 'failure' : 'success' };
  if (given.expected_exit_code !== undefined) {
    const exitCode = readInteger(given.expected_exit_code, 0, 255);
    return exitCode === undefined ? undefined : { kind: 'exitCode', exitCode };
  }
  if (given.equals !== undefined) return withText('equals', given.equals);
  const part = given.contains ?? given.expected_output;
  return part === undefined ? undefined : withText('contains', part);
}

function withText(kind: 'equals' | 'contains', at: Cursor): Expectation | undefined {
  const text = readBlock(at, 'the expected output')?.trim();
  return text === undefined ? undefined : { kind, text };
}

function readCommand(at: Cursor): string | undefined {
  const command = readBlock(at, 'a shell command')?.trim();
  if (command !== '') return command;
  problem(at, 'the command is empty');
  return undefined;
}

function withName(
  name: string | undefined,
  command: string | undefined,
  expect: Expectation,
): TemplateTest | undefined {
  if (command === undefined) return undefined;
  return { name: name ?? (command.split('\n', 1)[0] ?? command).slice(0, 80), command, expect };
}
