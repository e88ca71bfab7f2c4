import { feed, shellQuote } from './shell.ts';
import { APT_QUIET, bashScript, CONDA_PREFIX, pythonPrefix, usesConda } from './step.ts';
import type { Step, StepContext } from './step.ts';
import type { TemplateTest } from './template.ts';

/**
 * The template's own scripts, each a step of its own. A script is written to a file and run by a bash of its own in a
 * scratch directory: nothing in it can change the step around it. Every failure becomes exit code 1, because AWSTOE
 * takes 194 for the wish to reboot and run the step again.
 */
export function runScripts({ template, os }: StepContext): readonly Step[] {
  return template.postInstall.map((script, index) => ({
    phase: 'build',
    name: `Script${index + 1}`,
    ...(script.timeoutSeconds === undefined ? {} : { timeoutSeconds: script.timeoutSeconds }),
    script: bashScript(
      `echo ${shellQuote(script.name)}`,
      os === 'apt' ? APT_QUIET : undefined,
      pathTo(pythonPrefix(template)),
      scratch(script.script),
      'status=0',
      'bash -eo pipefail "$work/script" || status=$?',
      'if [ "$status" -ne 0 ]; then',
      `  printf '%s ended with exit code %s\\n' ${shellQuote(script.name)} "$status" >&2`,
      '  exit 1',
      'fi',
    ),
  }));
}

/** The template's tests, each a step of its own in the test phase: they see a fresh instance of the new image. */
export function runTests({ template }: StepContext): readonly Step[] {
  return template.tests.map((test, index) => ({
    phase: 'test',
    name: `Test${index + 1}`,
    script: bashScript(
      `name=${shellQuote(test.name)}`,
      'echo "$name"',
      pathTo(pythonPrefix(template)),
      scratch(test.command),
      'status=0',
      'output="$(bash -o pipefail "$work/script" 2>&1)" || status=$?',
      'printf \'%s\\n\' "$output"',
      'fail() { printf \'%s: %s\\n\' "$name" "$1" >&2; exit 1; }',
      check(test),
    ),
  }));
}

function check({ expect }: TemplateTest): string {
  switch (expect.kind) {
    case 'success':
      return '[ "$status" -eq 0 ] || fail "exit code $status, expected 0"';
    case 'failure':
      return '[ "$status" -ne 0 ] || fail "exit code 0, expected another"';
    case 'exitCode':
      return `[ "$status" -eq ${expect.exitCode} ] || fail "exit code $status, expected ${expect.exitCode}"`;
    case 'equals':
      return `expected=${shellQuote(expect.text)}\n[ "$output" = "$expected" ] || fail "the output is not: $expected"`;
    case 'contains':
      return `expected=${shellQuote(expect.text)}\n[[ "$output" == *"$expected"* ]] || fail "the output lacks: $expected"`;
  }
}

function scratch(script: string): string {
  return [
    'work="$(mktemp -d)"',
    'trap \'rm -rf "$work"\' EXIT',
    feed('cat > "$work/script"', script),
    'mkdir "$work/files"',
    'cd "$work/files"',
  ].join('\n');
}

function pathTo(prefix: string | undefined): string | undefined {
  return prefix === undefined ? undefined : `export PATH="${prefix}/bin:$PATH"`;
}

/** Leaves no caches and package lists behind: they are dead weight in every snapshot, and old when it is launched. */
export function cleanUp({ template, os }: StepContext): readonly Step[] {
  return [
    {
      phase: 'build',
      name: 'CleanUp',
      script: bashScript(
        os === 'apt' ? 'apt-get clean\nrm -rf /var/lib/apt/lists/*' : undefined,
        os === 'dnf' ? 'dnf clean all' : undefined,
        usesConda(template) ? `${CONDA_PREFIX}/bin/conda clean --all --yes --quiet` : undefined,
        'rm -rf /root/.cache',
      ),
    },
  ];
}
