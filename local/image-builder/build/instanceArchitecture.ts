/** Graviton families have a `g` among the letters after their generation (`m7g`, `c6gn`, `t4g`), or are `a1`. */
const GRAVITON = /^(?:a1|[a-z]+(?:-[a-z0-9]+)?\d+[a-z]*g[a-z]*)\./;

/** The architecture of an instance type such as `t4g.medium`. */
export const instanceArchitecture = (instanceType: string): 'arm64' | 'x86_64' =>
  GRAVITON.test(instanceType) ? 'arm64' : 'x86_64';
