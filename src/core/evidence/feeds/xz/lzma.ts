import { FeedError } from '../feedError.ts';
import type { Window } from './window.ts';

/** Places of the probabilities in one array, as the format's own decoder groups them. */
const IS_MATCH = 0;
const IS_REP = IS_MATCH + (12 << 4);
const IS_REP_0 = IS_REP + 12;
const IS_REP_1 = IS_REP_0 + 12;
const IS_REP_2 = IS_REP_1 + 12;
const IS_REP_0_LONG = IS_REP_2 + 12;
const SLOT = IS_REP_0_LONG + (12 << 4);
const SPECIAL = SLOT + (4 << 6);
const ALIGN = SPECIAL + 114;
const MATCH_LENGTH = ALIGN + 16;
const LENGTH_SIZE = 2 + (16 << 3) * 2 + 256;
const REP_LENGTH = MATCH_LENGTH + LENGTH_SIZE;
const LITERAL = REP_LENGTH + LENGTH_SIZE;
const LITERAL_SIZE = 0x300;

/** lc + lp is 4 at most. */
const ALL = LITERAL + (LITERAL_SIZE << 4);

const EVEN = 1024;
const SHORTEST = 2;
/** Turns the order of signed numbers into that of unsigned ones. */
const SIGN = -0x80000000;
const TOP = 0xff << 24;

/**
 * The LZMA decoder inside of LZMA2 (specification: `lzma-specification.txt` of the LZMA SDK). It decodes one chunk at a
 * time into the window; its state goes on from chunk to chunk until it is reset.
 */
export class Lzma {
  readonly #window: Window;
  readonly #odds = new Uint16Array(ALL);
  #literalBits = 0;
  #literalMask = 0;
  #positionMask = 0;

  #state = 0;
  #rep0 = 0;
  #rep1 = 0;
  #rep2 = 0;
  #rep3 = 0;

  #input: Uint8Array = new Uint8Array();
  #read = 0;
  #range = 0;
  #code = 0;

  constructor(window: Window) {
    this.#window = window;
  }

  /** Sets the three parameters, from the byte that holds them all. */
  configure(properties: number): void {
    const lc = properties % 9;
    const lp = Math.floor(properties / 9) % 5;
    const pb = Math.floor(properties / 45);
    if (pb > 4 || lc + lp > 4)
      throw new FeedError('malformed', 'The xz file has parameters that do not exist.');
    this.#literalBits = lc;
    this.#literalMask = (1 << lp) - 1;
    this.#positionMask = (1 << pb) - 1;
  }

  reset(): void {
    this.#odds.fill(EVEN);
    this.#state = this.#rep0 = this.#rep1 = this.#rep2 = this.#rep3 = 0;
  }

  /** Decodes a whole chunk that unpacks to so many bytes. */
  decode(input: Uint8Array, length: number): void {
    const window = this.#window;
    this.#input = input;
    this.#range = -1;
    this.#code = 0;
    // The first byte is 0 by definition.
    for (this.#read = 1; this.#read < 5;) this.#code = (this.#code << 8) | (input[this.#read++] as number);
    const end = window.at + length;
    while (window.at < end) this.#step();
    if (window.at !== end || this.#read !== input.length || this.#code !== 0) {
      throw new FeedError('malformed', 'A chunk of the xz file does not end where it says.');
    }
  }

  #step(): void {
    const positionState = this.#window.position & this.#positionMask;
    const state = this.#state;
    if (this.#bit(IS_MATCH + (state << 4) + positionState) === 0) {
      this.#literal();
      this.#state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      return;
    }
    let length: number;
    if (this.#bit(IS_REP + state) === 0) {
      this.#rep3 = this.#rep2;
      this.#rep2 = this.#rep1;
      this.#rep1 = this.#rep0;
      length = this.#length(MATCH_LENGTH, positionState);
      this.#state = state < 7 ? 7 : 10;
      this.#rep0 = this.#distance(length);
    } else {
      if (this.#bit(IS_REP_0 + state) === 0) {
        if (this.#bit(IS_REP_0_LONG + (state << 4) + positionState) === 0) {
          this.#state = state < 7 ? 9 : 11;
          this.#window.repeat(this.#rep0, 1);
          return;
        }
      } else {
        this.#rotate(state);
      }
      length = this.#length(REP_LENGTH, positionState);
      this.#state = state < 7 ? 8 : 11;
    }
    this.#window.repeat(this.#rep0, length + SHORTEST);
  }

  /** One of the three distances before the last becomes the last. */
  #rotate(state: number): void {
    let distance = this.#rep1;
    if (this.#bit(IS_REP_1 + state) === 1) {
      distance = this.#rep2;
      if (this.#bit(IS_REP_2 + state) === 1) {
        distance = this.#rep3;
        this.#rep3 = this.#rep2;
      }
      this.#rep2 = this.#rep1;
    }
    this.#rep1 = this.#rep0;
    this.#rep0 = distance;
  }

  #literal(): void {
    const window = this.#window;
    const context =
      ((window.position & this.#literalMask) << this.#literalBits) +
      (window.back(0) >> (8 - this.#literalBits));
    const odds = LITERAL + LITERAL_SIZE * context;
    let symbol = 1;
    if (this.#state >= 7) {
      let match = window.back(this.#rep0);
      let offset = 0x100;
      do {
        match <<= 1;
        const matching = match & offset;
        const bit = this.#bit(odds + offset + matching + symbol);
        symbol = (symbol << 1) | bit;
        offset &= bit === 1 ? matching : ~matching;
      } while (symbol < 0x100);
    } else {
      while (symbol < 0x100) symbol = (symbol << 1) | this.#bit(odds + symbol);
    }
    window.put(symbol & 0xff);
  }

  #length(odds: number, positionState: number): number {
    if (this.#bit(odds) === 0) return this.#tree(odds + 2 + (positionState << 3), 3);
    if (this.#bit(odds + 1) === 0) return 8 + this.#tree(odds + 2 + 128 + (positionState << 3), 3);
    return 16 + this.#tree(odds + 2 + 256, 8);
  }

  #distance(length: number): number {
    const slot = this.#tree(SLOT + ((length < 4 ? length : 3) << 6), 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const high = (2 | (slot & 1)) << bits;
    if (slot < 14) return high + this.#reverseTree(SPECIAL + high - slot - 1, bits);
    return ((high >>> 0) + this.#direct(bits - 4) * 16 + this.#reverseTree(ALIGN, 4)) >>> 0;
  }

  #tree(odds: number, bits: number): number {
    let symbol = 1;
    for (let i = 0; i < bits; i += 1) symbol = (symbol << 1) | this.#bit(odds + symbol);
    return symbol - (1 << bits);
  }

  #reverseTree(odds: number, bits: number): number {
    let symbol = 1;
    let value = 0;
    for (let i = 0; i < bits; i += 1) {
      const bit = this.#bit(odds + symbol);
      symbol = (symbol << 1) | bit;
      value |= bit << i;
    }
    return value;
  }

  /** Bits that are both as likely. */
  #direct(bits: number): number {
    let value = 0;
    for (let i = 0; i < bits; i += 1) {
      this.#range >>>= 1;
      this.#code = (this.#code - this.#range) | 0;
      const below = this.#code >> 31;
      this.#code = (this.#code + (this.#range & below)) | 0;
      value = (value << 1) + below + 1;
      this.#normalize();
    }
    return value;
  }

  #bit(index: number): 0 | 1 {
    const odds = this.#odds[index] as number;
    const bound = Math.imul(this.#range >>> 11, odds);
    let bit: 0 | 1;
    if ((this.#code ^ SIGN) < (bound ^ SIGN)) {
      this.#range = bound;
      this.#odds[index] = odds + ((2048 - odds) >> 5);
      bit = 0;
    } else {
      this.#range = (this.#range - bound) | 0;
      this.#code = (this.#code - bound) | 0;
      this.#odds[index] = odds - (odds >> 5);
      bit = 1;
    }
    this.#normalize();
    return bit;
  }

  #normalize(): void {
    if ((this.#range & TOP) !== 0) return;
    this.#range <<= 8;
    this.#code = (this.#code << 8) | (this.#input[this.#read++] ?? 0);
  }
}
