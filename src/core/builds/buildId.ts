import type { Sha256 } from '../template/contentVersion.ts';

/** Digits of the cause's hash: enough to tell the builds of one template apart. */
const DIGITS = 8;

/**
 * `<template>-<8 hexadecimal digits>`: the same cause names the same build, so that a doubled event or request makes
 * no second one. The cause of a manual build is its request id.
 */
export function buildId(template: string, cause: string, sha256: Sha256): string {
  return `${template}-${sha256(cause).slice(0, DIGITS)}`;
}
