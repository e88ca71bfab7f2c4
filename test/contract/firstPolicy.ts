import { expect, test } from 'vitest';
import type { FirstPolicy } from '../../src/ports.ts';

export function firstPolicyContract(aFirstPolicy: (text?: string) => Promise<FirstPolicy>): void {
  test('the text is read as it was configured', async () => {
    const text = 'auto_ami_policy:\n  mode: act # ours\n';
    expect(await (await aFirstPolicy(text)).read()).toBe(text);
  });

  test('where none was configured there is none', async () => {
    expect(await (await aFirstPolicy()).read()).toBeUndefined();
  });
}
