import type { Architecture } from '../words.ts';

/**
 * The processor of an EC2 instance type, by its name: Graviton families have a `g` right behind their generation
 * (`m7g`, `c7gn`, `im4gn`), and `a1` was the first of them.
 */
export function instanceArchitecture(type: string): Architecture {
  return /^(?:a1|[a-z]+\d+g[a-z0-9-]*)\./.test(type) ? 'arm64' : 'x86_64';
}
