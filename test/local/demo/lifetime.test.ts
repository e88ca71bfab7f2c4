import { expect, test } from 'vitest';
import { Interrupted, lifetime } from '../../../local/demo/lifetime.ts';

test('what was opened last is closed first', async () => {
  const closed: string[] = [];
  const { hold, closeAll } = lifetime();
  await hold(Promise.resolve('first'), (name) => void closed.push(name));
  await hold(Promise.resolve('second'), (name) => void closed.push(name));
  await closeAll();
  expect(closed).toEqual(['second', 'first']);
});

test('what is still being opened when the run ends is closed as soon as it is open', async () => {
  const closed: string[] = [];
  const { hold, end, closeAll } = lifetime();
  let open: (name: string) => void = () => undefined;
  const opening = new Promise<string>((resolve) => (open = resolve));
  const held = hold(opening, (name) => void closed.push(name));
  end(new Interrupted('Stopping.', 130));
  const closing = closeAll();
  open('late');
  await expect(held).rejects.toThrow('Stopping.');
  await closing;
  expect(closed).toEqual(['late']);
});

test('what failed to open is not closed', async () => {
  const { hold, closeAll } = lifetime();
  const never = (): never => {
    throw new Error('closed what never opened');
  };
  await expect(hold(Promise.reject(new Error('no Python')), never)).rejects.toThrow('no Python');
  await closeAll();
});

test('the first reason to end counts', async () => {
  const { signal, ended, end } = lifetime();
  end(new Interrupted('Stopping.', 130));
  end(new Error('something that broke because of it'));
  await expect(ended).rejects.toMatchObject({ message: 'Stopping.', exitCode: 130 });
  expect(signal.aborted).toBe(true);
});
