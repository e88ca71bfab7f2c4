import type { Command } from 'commander';
import type { AddLeaf } from '../command.ts';
import { Failure } from '../failure.ts';
import { readText, yamlFiles } from '../files.ts';
import { appliedView } from '../views/templates.ts';

/** What one request may hold; see the contract. */
const MOST_TEMPLATES = 1000;
const LARGEST_REQUEST = 5_000_000;

/** `templates apply`: all files in one request, so that one that is wrong leaves everything as it was. */
export function addApplyCommand(add: AddLeaf, templates: Command): void {
  add(templates, {
    usage: 'apply <files...>',
    summary:
      'add or change templates from YAML files, or all below a directory; all of them, or none if one is wrong',
    run: async ({ client, show }, paths) => {
      const files = [...new Set((await Promise.all(paths.map(yamlFiles))).flat())];
      if (files.length > MOST_TEMPLATES)
        throw new Failure(
          'too-large',
          `${files.length} templates are too many for one call: apply at most ${MOST_TEMPLATES} at once.`,
        );
      const texts = await Promise.all(files.map(async (file) => ({ file, text: await readText(file) })));
      if (texts.reduce((sum, { text }) => sum + text.length, 0) > LARGEST_REQUEST)
        throw new Failure('too-large', 'These templates are too large for one call: apply fewer at once.');
      show(await (await client()).call('applyTemplates', { templates: texts }), appliedView);
    },
  });
}
