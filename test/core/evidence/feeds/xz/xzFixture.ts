import { readFileSync } from 'node:fs';

/** A file that xz packed: `test/fixtures/xz/README.md` says how. */
export const xzFixture = (name: string): Buffer =>
  readFileSync(new URL(`../../../../fixtures/xz/${name}.xz`, import.meta.url));
