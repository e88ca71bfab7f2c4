import { expect, test } from 'vitest';
import { baseImagesDocument } from './baseImagesDocument.ts';

test('docs/base-images.md has every base image there is, and is up to date', async () => {
  await expect(baseImagesDocument()).toMatchFileSnapshot('../../../docs/base-images.md');
});
