import { describe, expect, test } from 'vitest';
import { aPolicy, aTemplate, NOON } from './records.ts';
import type { MakeTable } from './tableUnderTest.ts';

/** Templates as people keep them; of two that save at once one is first. */
export function templatesContract(make: MakeTable): void {
  describe('templates', () => {
    test('there are none at first', async () => {
      const { templates } = await make();
      expect(await templates.all()).toEqual([]);
      expect(await templates.get('python-ml')).toBeUndefined();
    });

    test('a template is read as it was saved last', async () => {
      const { templates } = await make();
      const disabled = { at: NOON, by: 'ann', reason: 'its licence has ended' };
      expect(await templates.save(aTemplate())).toBe(true);
      expect(await templates.save(aTemplate({ revision: 2, disabled }))).toBe(true);
      expect(await templates.save(aTemplate({ slug: 'a-first' }))).toBe(true);
      expect(await templates.get('python-ml')).toEqual(aTemplate({ revision: 2, disabled }));
      expect(await templates.all()).toEqual([
        aTemplate({ slug: 'a-first' }),
        aTemplate({ revision: 2, disabled }),
      ]);
    });

    test('a revision can be saved once, and only on the one before it', async () => {
      const { templates } = await make();
      expect(await templates.save(aTemplate({ revision: 2 }))).toBe(false);
      expect(await templates.save(aTemplate())).toBe(true);
      expect(await templates.save(aTemplate({ changedBy: 'bob' }))).toBe(false);
      expect(await templates.save(aTemplate({ revision: 3 }))).toBe(false);
      expect(await templates.get('python-ml')).toEqual(aTemplate());
    });

    test('of many that save at once one is first', async () => {
      const { templates } = await make();
      const saved = await Promise.all(
        Array.from({ length: 8 }, (_, i) => templates.save(aTemplate({ changedBy: `person-${i}` }))),
      );
      expect(saved.filter((each) => each)).toHaveLength(1);
    });
  });
}

/** Every policy that was ever deployed. */
export function policiesContract(make: MakeTable): void {
  describe('policies', () => {
    test('there is none at first', async () => {
      const { policies } = await make();
      expect(await policies.current()).toBeUndefined();
      expect(await policies.history(10)).toEqual([]);
    });

    test('the newest is the current one, and the others are kept', async () => {
      const { policies } = await make();
      const versions = Array.from({ length: 11 }, (_, i) =>
        aPolicy({ version: i + 1, reason: `reason ${i}` }),
      );
      for (const version of versions) expect(await policies.save(version)).toBe(true);
      expect(await policies.current()).toEqual(versions[10]);
      expect(await policies.history(3)).toEqual([versions[10], versions[9], versions[8]]);
      expect(await policies.history(100)).toHaveLength(11);
    });

    test('a version can be saved once, and only after the one before it', async () => {
      const { policies } = await make();
      expect(await policies.save(aPolicy({ version: 2 }))).toBe(false);
      expect(await policies.save(aPolicy())).toBe(true);
      expect(await policies.save(aPolicy({ changedBy: 'bob' }))).toBe(false);
      expect(await policies.save(aPolicy({ version: 3 }))).toBe(false);
      expect(await policies.current()).toEqual(aPolicy());
    });

    test('of many that save at once one is first', async () => {
      const { policies } = await make();
      const saved = await Promise.all(
        Array.from({ length: 8 }, (_, i) => policies.save(aPolicy({ changedBy: `person-${i}` }))),
      );
      expect(saved.filter((each) => each)).toHaveLength(1);
      expect(await policies.history(10)).toHaveLength(1);
    });
  });
}
