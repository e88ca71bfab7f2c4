import { expect, test } from 'vitest';
import { AUDIENCES } from '../../src/core/words.ts';
import { invocationPattern, ROUTE_NAMES, ROUTES, routesOf } from '../../src/api/routes.ts';
import { SAMPLES, STATUS } from './sampleAnswers.ts';

test('every route has a place of its own', () => {
  const places = ROUTE_NAMES.map((name) => `${ROUTES[name].method} ${ROUTES[name].path}`);
  expect(new Set(places).size).toBe(places.length);
});

test('whoever only reads changes nothing', () => {
  for (const name of ROUTE_NAMES) expect(ROUTES[name].method === 'GET').toBe(ROUTES[name].who === 'viewer');
});

test.each([
  ['viewer', 'viewer'],
  ['operator', 'viewer operator'],
  ['approver', 'viewer approver'],
] as const)('the %s may call the routes of: %s', (role, whose) => {
  const expected = ROUTE_NAMES.filter((name) => whose.split(' ').includes(ROUTES[name].who));
  expect(routesOf(role)).toEqual(expected);
});

test.each([
  ['status', 'GET/status'],
  ['explain', 'GET/builds/*'],
  ['buildTemplate', 'POST/templates/*/build'],
] as const)('%s is invoked as %s', (name, pattern) => expect(invocationPattern(name)).toBe(pattern));

test.each(ROUTE_NAMES)('%s: the sample is an answer of the contract, and survives JSON', (name) => {
  const sent: unknown = JSON.parse(JSON.stringify(SAMPLES[name]));
  expect(ROUTES[name].answer.parse(sent)).toEqual(sent);
});

test('an answer of a newer server, with words and keys of its own, is taken', () => {
  const newer = { ...STATUS, mode: 'dream', moon: 'full' };
  expect(ROUTES.status.answer.safeParse(newer).success).toBe(true);
  expect(ROUTES.status.answer.safeParse({ ...STATUS, mode: 4 }).success).toBe(false);
  expect(AUDIENCES).not.toContain('dream');
});
