import { expect, test } from 'vitest';
import { templateGraph } from '../../../src/core/template/templateGraph.ts';
import { aResolvedTemplate, exampleTemplates } from './builders.ts';

test('templates built on another’s AMI come after it and rest on its base image', () => {
  const graph = templateGraph([
    aResolvedTemplate({ slug: 'c', base: 'b' }),
    aResolvedTemplate({ slug: 'b', base: 'a' }),
    aResolvedTemplate({ slug: 'a', base: 'ubuntu-24.04' }),
    aResolvedTemplate({ slug: 'd', base: 'a' }),
  ]);
  expect(graph.order).toEqual(['a', 'b', 'c', 'd']);
  expect(Object.fromEntries(graph.builtOn)).toEqual({ c: 'b', b: 'a', d: 'a' });
  expect(Object.fromEntries(graph.dependents)).toEqual({ a: ['b', 'd'], b: ['c'] });
  expect([...new Set(graph.rootBase.values())]).toEqual(['ubuntu-24.04']);
});

test('inheriting definitions makes no edge', () => {
  const graph = templateGraph([...exampleTemplates().values()].map(({ template }) => template));
  expect(Object.fromEntries(graph.builtOn)).toEqual({ 'data-science': 'python-ml' });
  expect(graph.rootBase.get('data-science')).toBe('ubuntu-22.04');
});
