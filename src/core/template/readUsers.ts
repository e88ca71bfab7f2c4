import { knownFields } from './knownFields.ts';
import { ABSOLUTE_PATH, USER_NAME } from './names.ts';
import { readList, readName } from './readValues.ts';
import type { User } from './template.ts';
import { isMapping, problem, warn } from './yamlCursor.ts';
import type { Cursor } from './yamlCursor.ts';

const KEYS = ['name', 'groups', 'shell', 'password'] as const;

/** `users:`, each a name or a mapping. A user named twice in one file is a problem. */
export function readUsers(at: Cursor | undefined): readonly User[] {
  const seen = new Set<string>();
  return readList(at, 'a list of users', (entry) => {
    const user = readUser(entry);
    if (user !== undefined && seen.has(user.name)) problem(entry, `the user "${user.name}" is listed twice`);
    if (user !== undefined) seen.add(user.name);
    return user;
  });
}

function readUser(at: Cursor): User | undefined {
  if (!isMapping(at)) {
    const name = readName(at, USER_NAME);
    return name === undefined ? undefined : { name, groups: [] };
  }
  const given = knownFields(at, KEYS, 'tell');
  if (given.name === undefined) problem(at, 'the user has no name', { expected: USER_NAME.expected });
  if (given.password !== undefined)
    warn(given.password, 'passwords are never written into images; keys are used to log in');
  const name = given.name === undefined ? undefined : readName(given.name, USER_NAME);
  const groups = readList(given.groups, 'a list of groups', (group) => readName(group, USER_NAME));
  const shell = given.shell === undefined ? undefined : readName(given.shell, ABSOLUTE_PATH);
  if (name === undefined) return undefined;
  return { name, groups: [...new Set(groups)], ...(shell === undefined ? {} : { shell }) };
}
