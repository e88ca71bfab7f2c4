import type { Strategy } from '../policy.ts';
import type { Checked } from './checked.ts';

/** Of the strategies of design §6 only `build` is done: the others are accepted, and do as it does. */
export function warnOfStrategies({ said, warn }: Checked): void {
  const warnOf = (path: string, strategy: Strategy | undefined): void => {
    if (strategy === undefined || strategy === 'build') return;
    warn(path, `this version does not copy images (strategy: ${strategy})`, BUILT_EVERYWHERE);
  };
  warnOf('strategy', said.strategy);
  for (const [name, { strategy }] of Object.entries(said.templates ?? {}))
    warnOf(`templates.${name}.strategy`, strategy);
}

const BUILT_EVERYWHERE = 'each region builds its own image, as with strategy: build';
