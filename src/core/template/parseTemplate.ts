import { BASE_NAME, COMPONENT_ARN, SLUG, slugFromName } from './names.ts';
import type { TemplateProblem } from './problem.ts';
import type { Findings } from './findings.ts';
import { withoutParameters, withParameters } from './parameters.ts';
import { openYaml } from './openYaml.ts';
import { readAmiConfig } from './readAmiConfig.ts';
import { readArchitectures, readBuildSettings, readInstanceDefaults } from './readBuildSettings.ts';
import { readPackages } from './readPackages.ts';
import { readScripts } from './readScripts.ts';
import { readServices } from './readServices.ts';
import { readTests } from './readTests.ts';
import { readUsers } from './readUsers.ts';
import { readBlock, readLine, readList, readName, readOneOf } from './readValues.ts';
import { PACKAGE_MANAGERS } from './template.ts';
import type { Template } from './template.ts';
import type { HonouredKey } from './templateKeys.ts';
import { readExtra } from './readExtra.ts';
import { fields, problem, warn } from './yamlCursor.ts';
import type { Cursor } from './yamlCursor.ts';

export type ParsedTemplate =
  | { readonly ok: true; readonly template: Template; readonly warnings: readonly TemplateProblem[] }
  | {
      readonly ok: false;
      readonly problems: readonly TemplateProblem[];
      readonly warnings: readonly TemplateProblem[];
    };

/**
 * Reads one template file in the CloudWorkstation format (docs/templates.md). Tells everything wrong with it at once.
 * Keys that do not concern image building are kept in `extra`. Every word that can enter a generated script, a
 * resource name or a path has passed its rule in names.ts; free text (scripts, configuration lines) is printable.
 */
export function parseTemplate(text: string, { file }: { readonly file: string }): ParsedTemplate {
  const findings: Findings = { file, problems: [], warnings: [] };
  const root = openYaml(text, findings);
  const template = root === undefined ? undefined : readTemplate(withParameters(root), file);
  const warnings = sorted(findings.warnings);
  if (template === undefined || findings.problems.length > 0)
    return { ok: false, problems: sorted(findings.problems), warnings };
  return { ok: true, template, warnings };
}

function readTemplate(root: Cursor, file: string): Template | undefined {
  const given = fields(root);
  const at = (key: HonouredKey) => given.get(key);
  const optional = <Value>(
    key: HonouredKey,
    read: (cursor: Cursor) => Value | undefined,
  ): Value | undefined => {
    const cursor = at(key);
    return cursor === undefined ? undefined : read(cursor);
  };
  const identity = readIdentity(root, at('name'), at('slug'), file);
  const base = optional('base', readBase);
  const inherits = readList(at('inherits'), 'a list of template names', (entry) =>
    readLine(entry, 'the slug or name of a template'),
  );
  if (at('base') === undefined && inherits.length === 0) {
    problem(root, 'the template has no base', {
      expected: BASE_NAME.expected,
      suggestion: 'add a line such as base: ubuntu-24.04',
    });
  }
  const version = optional('version', (cursor) => readLine(cursor, 'a version'));
  const description = optional('description', (cursor) => readBlock(cursor, 'a description'));
  const architectures = readArchitectures(at('architectures') ?? at('architecture'));
  const packageManager = optional('package_manager', (cursor) => readOneOf(cursor, PACKAGE_MANAGERS));
  const userData = optional('user_data', readUserData);
  const amiConfig = readAmiConfig(at('ami_config'));
  const body = {
    packages: readPackages(at('packages')),
    services: readServices(at('services')),
    users: readUsers(at('users')),
    postInstall: [
      ...readScripts(at('build_steps'), `${identity?.slug ?? ''} build step`),
      ...readScripts(at('post_install'), `${identity?.slug ?? ''} post-install`),
    ],
    components: readList(at('components'), 'a list of component ARNs', (entry) =>
      readName(entry, COMPONENT_ARN),
    ),
    tests: [...readTests(at('tests')), ...readTests(at('validation'))],
    instanceDefaults: readInstanceDefaults(at('instance_defaults')),
    build: readBuildSettings(at('auto_ami'), at('min_disk_size')),
    tags: readTags(at('tags')),
    extra: readExtra(given),
  };
  if (identity === undefined) return undefined;
  return {
    ...identity,
    description: description?.trim() ?? '',
    inherits,
    ...body,
    ...(version === undefined ? {} : { version }),
    ...(base === undefined ? {} : { base }),
    ...(architectures === undefined ? {} : { architectures }),
    ...(packageManager === undefined ? {} : { packageManager }),
    ...(userData === undefined ? {} : { userData }),
    ...(amiConfig === undefined ? {} : { amiConfig }),
  };
}

/** Without a name a template has its file's; without a slug the one CloudWorkstation derives from the name. */
function readIdentity(root: Cursor, name: Cursor | undefined, slug: Cursor | undefined, file: string) {
  const fileName = file.replace(/^.*[\\/]/, '').replace(/\.ya?ml$/i, '');
  const label = name === undefined ? fileName : readLine(name, 'the name of the template');
  if (slug !== undefined) {
    const given = readName(slug, SLUG, (text) => `such as ${slugFromName(text)}`);
    return given === undefined || label === undefined ? undefined : { slug: given, name: label };
  }
  const derived = slugFromName(label ?? '');
  if (label === undefined || SLUG.pattern.test(derived))
    return label === undefined ? undefined : { slug: derived, name: label };
  problem(name ?? root, `no slug can be made of "${label.slice(0, 80)}"`, {
    expected: `slug: ${SLUG.expected}`,
  });
  return undefined;
}

/** Early CloudWorkstation templates say `ubuntu-22.04-server-lts` for what is tracked as `ubuntu-22.04`. */
function readBase(at: Cursor): string | undefined {
  const base = readName(at, BASE_NAME, (text) => `the slug may be ${slugFromName(text)}`);
  return base?.replace(/^(ubuntu-\d\d\.\d\d)-server-lts$/, '$1');
}

function readUserData(at: Cursor): string | undefined {
  warn(at, 'user_data is kept for the launcher; it is not run while the image is built', {
    suggestion: 'move what the image should contain to post_install',
  });
  return readBlock(withoutParameters(at), 'a shell script');
}

function readTags(at: Cursor | undefined): Readonly<Record<string, string>> {
  if (at === undefined) return {};
  return Object.fromEntries(
    [...fields(at)].map(([key, value]) => [key, readBlock(value, 'a text')?.trim() ?? '']),
  );
}

function sorted(problems: readonly TemplateProblem[]): readonly TemplateProblem[] {
  return problems.toSorted((one, other) => one.line - other.line || one.column - other.column);
}
