import type { ApplyTemplatesAnswer, TemplateAnswer, TemplatesAnswer } from '../../src/api/answers.ts';
import { problemInWords } from '../../src/api/problemInWords.ts';
import { oneLine } from '../text/clean.ts';
import { table, type Column } from '../text/table.ts';
import { ago, counted } from '../text/time.ts';

const COLUMNS: readonly Column[] = [
  { title: 'TEMPLATE' },
  { title: 'NAME', mayBeCut: true },
  { title: 'BASE' },
  { title: 'ARCH' },
  { title: 'STATE', mayBeCut: true },
  { title: 'CHANGED' },
];

/** Every template that was applied. */
export function templatesView(answer: TemplatesAnswer, width: number): string[] {
  if (answer.templates.length === 0)
    return ['TEMPLATES', '', 'None yet: `cws templates apply FILE` adds some.'];
  return [
    'TEMPLATES',
    '',
    ...table(
      COLUMNS,
      answer.templates.map((template) => [
        template.slug,
        oneLine(template.name),
        template.base ?? (template.inherits.length === 0 ? '' : `from ${template.inherits.join(', ')}`),
        template.architectures.join(', '),
        stateOf(template),
        ago(template.changedAt, answer),
      ]),
      width,
    ),
  ];
}

function stateOf({ kept, disabled, paused }: TemplateAnswer): string {
  if (disabled !== null) return `disabled: ${oneLine(disabled.reason)}`;
  if (paused !== null) return `paused: ${oneLine(paused.reason)}`;
  return kept === null ? 'not kept' : `kept: ${oneLine(kept.because)}`;
}

/** What became of each file. */
export function appliedView({ templates }: ApplyTemplatesAnswer): string[] {
  return [
    `Applied ${counted(templates.length, 'template')}`,
    ...templates.flatMap(({ file, slug, outcome, revision, warnings }) => [
      `✓ ${slug}: ${outcome} (revision ${revision}, ${file})`,
      ...warnings.map((warning) => `  ⚠️ ${oneLine(problemInWords(warning))}`),
    ]),
  ];
}
