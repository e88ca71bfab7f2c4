import { ABSOLUTE_PATH, COMPONENT_ARN, PACKAGE_NAME, SERVICE_NAME, SLUG, USER_NAME } from './names.ts';
import type { NameRule } from './names.ts';
import { PRINTABLE } from './readValues.ts';
import { PACKAGE_LISTS } from './template.ts';
import type { BaseOs, ResolvedTemplate } from './template.ts';

/**
 * Words and texts of a template that must not enter a script. The parser refuses them already; this is the gate in
 * front of the compiler, for templates from anywhere else, and the place where `system` packages meet their manager.
 */
export function invalidWords(template: ResolvedTemplate, os: BaseOs | undefined): readonly string[] {
  const words: (readonly [string, string, NameRule])[] = [
    ['slug', template.slug, SLUG],
    ...PACKAGE_LISTS.flatMap((list) =>
      template.packages[list].map(
        (word) =>
          [
            `packages.${list}`,
            word,
            PACKAGE_NAME[list === 'system' && os !== undefined ? os : list],
          ] as const,
      ),
    ),
    ...template.services.map((service) => ['services', service.name, SERVICE_NAME] as const),
    ...template.services.flatMap(({ user }) =>
      user === undefined ? [] : [['services', user, USER_NAME] as const],
    ),
    ...template.users.map((user) => ['users', user.name, USER_NAME] as const),
    ...template.users.flatMap((user) => user.groups.map((group) => ['groups', group, USER_NAME] as const)),
    ...template.users.flatMap(({ shell }) =>
      shell === undefined ? [] : [['shell', shell, ABSOLUTE_PATH] as const],
    ),
    ...template.components.map((arn) => ['components', arn, COMPONENT_ARN] as const),
  ];
  const lines = [
    ...template.services.flatMap((service) => [...service.config, service.command ?? '']),
    ...template.postInstall.map((script) => script.name),
    ...template.tests.map((test) => test.name),
  ];
  const blocks = [
    ...template.postInstall.map((script) => script.script),
    ...template.tests.flatMap(({ command, expect }) => [command, 'text' in expect ? expect.text : '']),
  ];
  return [
    ...words
      .filter(([, word, rule]) => word.length > 200 || !rule.pattern.test(word))
      .map(
        ([where, word, rule]) =>
          `${where}: "${word.slice(0, 80)}" cannot be used; expected ${rule.expected}.`,
      ),
    ...lines
      .filter((line) => line.includes('\n') || !PRINTABLE.test(line))
      .map((line) => `"${line.slice(0, 80)}" is not one printable line.`),
    ...blocks
      .filter((block) => !PRINTABLE.test(block))
      .map((block) => `"${block.slice(0, 80)}" holds characters that cannot be printed.`),
  ];
}
