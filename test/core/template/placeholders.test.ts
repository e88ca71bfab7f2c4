import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillPlaceholders } from '../../../src/core/template/placeholders.ts';

const values = new Map([
  ['python', '3.11'],
  ['gpu', 'false'],
  ['framework', 'pytorch'],
  ['extra', ''],
]);

test.each([
  ['python={{.python}}', 'python=3.11'],
  ['{{ .python }} {{.framework}}', '3.11 pytorch'],
  ['a {{if eq .framework "pytorch"}}b{{end}} c', 'a b c'],
  ['{{if ne .framework "pytorch"}}b{{else}}c{{end}}', 'c'],
  ['{{if eq .framework "x"}}1{{else if eq .framework "pytorch"}}2{{else}}3{{end}}', '2'],
  ['{{if eq .framework "x"}}1{{else if eq .framework "y"}}2{{else}}3{{end}}', '3'],
  ['{{if eq .framework "pytorch"}}1{{else if eq .python "3.11"}}2{{end}}', '1'],
  ['{{if .gpu}}gpu{{else}}cpu{{end}}', 'cpu'],
  ['{{if .extra}}more{{end}}less', 'less'],
  ['{{if eq .framework "pytorch"}}{{if .gpu}}a{{else}}b{{end}}{{end}}', 'b'],
  ['{{if .gpu}}{{if eq .framework "pytorch"}}a{{else}}b{{end}}{{.nowhere}}{{end}}c', 'c'],
  ['a  {{- .python -}}  b', 'a3.11b'],
  ['one { two } three', 'one { two } three'],
  ['left {{ open', 'left {{ open'],
])('%j becomes %j', (text, expected) => {
  expect(fillPlaceholders(text, values)).toEqual({ text: expected, faults: [] });
});

test.each([
  ['{{.nowhere}}', 'has no default value'],
  ['{{range .x}}', 'is not understood'],
  ['{{if .gpu}}', '{{if}} stands without {{end}}'],
  ['{{end}}', '{{end}} stands without {{if}}'],
  ['{{else}}', '{{else}} stands without {{if}}'],
])('%j is a fault', (text, fault) => {
  expect(fillPlaceholders(text, values).faults).toEqual([expect.stringContaining(fault)]);
});

describe('any text', () => {
  test('without braces stays as it is', () => {
    const plain = fc.string().filter((text) => !text.includes('{{'));
    fc.assert(fc.property(plain, (text) => fillPlaceholders(text, values).text === text));
  });

  test('takes time in proportion to its length', () => {
    const started = performance.now();
    for (const text of ['{{', '}}', '{{.python}}', ' '.repeat(10) + '{{- '])
      fillPlaceholders(text.repeat(25_000), values);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
