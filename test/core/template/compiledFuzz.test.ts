import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { compileTemplate } from '../../../src/core/template/compileTemplate.ts';
import { parseTemplate } from '../../../src/core/template/parseTemplate.ts';
import { resolveInheritance } from '../../../src/core/template/resolveInheritance.ts';
import { rehearseSteps, stepsOf } from './awstoeDocument.ts';
import type { AwstoeDocument } from './awstoeDocument.ts';
import { syntaxError } from './bash.ts';
import { aResolvedTemplate, compiled, sha256 } from './builders.ts';
import { nasty } from './nasty.ts';

/** Nearly always one that is accepted, so that most templates come as far as bash. */
const mostly = (good: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 11, arbitrary: good }, { weight: 1, arbitrary: nasty });
const word = (...good: readonly string[]) => mostly(fc.constantFrom(...good));
const line = mostly(nasty.map((text) => `a${text.replaceAll('\n', ' ')}`));

/** Templates whose every text may be nasty, as a file would have it. */
const anyTemplate = fc.record(
  {
    name: fc.constant('fuzzed'),
    base: fc.constantFrom('ubuntu-22.04', 'amazon-linux-2023'),
    package_manager: fc.constantFrom('auto', 'conda', 'pip'),
    packages: fc.record({
      system: fc.array(word('git', 'g++', 'python3.11'), { maxLength: 3 }),
      conda: fc.array(word('numpy>=1,<2', 'python=3.11'), { maxLength: 2 }),
      pip: fc.array(word('plotly[x]==2.*'), { maxLength: 2 }),
    }),
    services: fc.array(
      fc.record(
        {
          name: word('docker', 'jupyter'),
          config: fc.array(line, { maxLength: 2 }),
          command: line.map((text) => `/bin/${text}`),
        },
        { requiredKeys: ['name'] },
      ),
      { maxLength: 1 },
    ),
    users: fc.array(
      fc.record({
        name: word('ann'),
        groups: fc.array(word('sudo', 'docker'), { maxLength: 2 }),
      }),
      { maxLength: 1 },
    ),
    build_steps: fc.array(fc.record({ name: line, script: nasty }), { maxLength: 2 }),
    post_install: nasty,
    tests: fc.array(fc.record({ name: line, command: nasty, equals: nasty }, { requiredKeys: ['command'] }), {
      maxLength: 1,
    }),
  },
  { requiredKeys: ['name', 'base'] },
);

test('of any template, every word is either refused or reaches bash as the word it is', () => {
  let accepted = 0;
  fc.assert(
    fc.property(anyTemplate, (document) => {
      const result = parseTemplate(stringify(document), { file: 'fuzzed' });
      if (!result.ok) return;
      const template = resolveInheritance([result.template]).templates.get('fuzzed');
      if (template === undefined) throw new Error('does not resolve');
      const outcome = compileTemplate(template, { sha256 });
      if (!outcome.ok) return;
      accepted += 1;
      const { components } = outcome;
      const steps = stepsOf(components);
      for (const { script } of steps) {
        expect(syntaxError(script)).toBe('');
        expect(script).not.toContain('{{');
      }
      const calls = rehearseSteps(components).flatMap(({ calls, result, step }) => {
        // The template's own tests may fail: nothing they ask for is there.
        if (!/^Test\d/.test(step)) expect(result, step).toMatchObject({ code: 0 });
        return calls;
      });
      expect(calls.map(([name]) => name)).not.toContain('pwned');
      const install = calls.find(
        (call) => (call[0] === 'apt-get' || call[0] === 'dnf') && call.includes('install'),
      );
      if (template.packages.system.length > 0)
        expect(install).toEqual(expect.arrayContaining([...template.packages.system]));
      for (const user of template.users)
        expect(calls).toContainEqual(['useradd', '--create-home', '--shell', '/bin/bash', user.name]);
    }),
    { numRuns: 40 },
  );
  expect(accepted).toBeGreaterThan(10);
}, 120_000);

test('of any scripts, the documents hold them byte for byte', () => {
  fc.assert(
    fc.property(fc.array(nasty, { maxLength: 3 }), (scripts) => {
      const postInstall = scripts.map((script, index) => ({ name: `s${index}`, script: `${script}\n` }));
      for (const { data, name } of compiled(aResolvedTemplate({ postInstall }))) {
        expect((parse(data) as AwstoeDocument).name).toBe(name);
        // Both generations of YAML must read the same.
        expect(parse(data, { version: '1.1' })).toEqual(parse(data));
      }
    }),
  );
});
