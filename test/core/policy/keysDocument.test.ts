import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { keysDocument } from './keysDocument.ts';

const text = (file: string): string => readFileSync(`docs/policies/${file}`, 'utf8');

test('docs/policies/keys.md says what every key of the two examples resolves to, and is up to date', async () => {
  const examples = [
    { file: 'education.yaml', title: 'Educational institution', text: text('education.yaml') },
    { file: 'research.yaml', title: 'Research lab', text: text('research.yaml') },
  ];
  await expect(keysDocument(examples, text('default.yaml'))).toMatchFileSnapshot(
    '../../../docs/policies/keys.md',
  );
});
