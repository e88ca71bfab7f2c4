const BLOCK = 512;

function header(name: string, size: number, type: string): Buffer {
  const block = Buffer.alloc(BLOCK);
  // A long name is cut at a slash.
  const cut = name.length > 100 ? name.indexOf('/', name.length - 101) : -1;
  block.write(name.slice(cut + 1), 0);
  block.write(name.slice(0, Math.max(cut, 0)), 345);
  block.write('0000644\0', 100);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  block.write('        ', 148);
  block.write(type, 156);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** One entry of a tar archive: its header, its content, its padding. */
export function tarEntry(name: string, content: Buffer | string, type = '0'): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([
    header(name, bytes.length, type),
    bytes,
    Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK),
  ]);
}

export const TAR_END = Buffer.alloc(2 * BLOCK);

/** A tar archive of some files. */
export function tarOf(files: readonly (readonly [name: string, content: string])[]): Buffer {
  return Buffer.concat([...files.map(([name, content]) => tarEntry(name, content)), TAR_END]);
}
