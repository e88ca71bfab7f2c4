import { join } from 'node:path';

/** The checkout that this file belongs to. */
export const CHECKOUT = join(import.meta.dirname, '..', '..');

/** Where everything that a run makes lives: private environment, logs, data. Never committed. */
export const LOCAL_DIR = join(CHECKOUT, '.local');
