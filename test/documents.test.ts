import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { program } from '../cli/program.ts';
import { FUNCTION_NAMES } from '../lib/functionNames.ts';

/** What people read must not name what is not there. */

const ROOT = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const DOCUMENTS = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

/** As GitHub makes them of headings. */
const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

describe.each(DOCUMENTS)('%s', (document) => {
  const text = read(document);
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)];

  test('leads to files and sections that are there', () => {
    for (const [link, path = '', anchor] of links) {
      const target = path === '' ? document : join(dirname(document), path);
      expect(existsSync(join(ROOT, target)), link).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(read(target)), link).toContain(anchor);
    }
  });

  test('names no path of a single machine', () => {
    expect(text).not.toMatch(/\/(?:home|Users|root|tmp|work)\//);
  });
});

describe('README.md', () => {
  const text = read('README.md');

  test.each(commands())('has the command cws %s', (command) => {
    expect(text).toMatch(new RegExp(`^\\| \`${command}( [A-Z…]+)*\` \\|`, 'm'));
  });
});

/** All that cws can run, such as `templates auto-ami status`. */
function commands(): string[] {
  const found: string[] = [];
  const pathOf = (command: Command): string[] =>
    command.parent === null ? [] : [...pathOf(command.parent), command.name()];
  program(
    (parent, { usage }) => void found.push([...pathOf(parent), usage.split(' ')[0]].join(' ')),
    (command) => command,
  );
  return found;
}

test('docs/runbook.md has a section for each alarm, and no other', () => {
  const named = readdirSync(join(ROOT, 'lib'))
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) =>
      [...read(join('lib', name)).matchAll(/runbook: '([^']+)'/g)].map(([, anchor]) => anchor),
    );
  const [, ...sections] = anchorsOf(read('docs/runbook.md'));
  expect(sections.sort()).toEqual(named.sort());
});

describe('docs/architecture.md', () => {
  const text = read('docs/architecture.md');

  test.each(FUNCTION_NAMES)('tells what %s does', (name) => {
    expect(text).toContain(`\n| \`${name}\` |`);
  });

  const claims = [...text.matchAll(/^- `(test\/[^`]+)`: “([^”]+)”/gm)].map(
    ([, file = '', title = '']) => [file, title] as const,
  );

  test('names the tests of what must hold', () => {
    expect(claims.length).toBeGreaterThan(20);
  });

  test.each(claims)('%s has the test “%s”', (file, title) => {
    expect(read(file)).toContain(title);
  });
});
