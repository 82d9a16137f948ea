export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** By the byte order mark, or by where the zeros of a first ASCII character are; else UTF-8. Wants four bytes. */
export function encodingOf([first, second, third, fourth]: Uint8Array): Encoding {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return 'utf-16le';
  return first === 0 && second !== 0 && third === 0 && fourth !== 0 ? 'utf-16be' : 'utf-8';
}

/** Whether these are the first bytes of a gzip, zip, zstd, bzip2 or xz file. */
export function isCompressed(head: Uint8Array): boolean {
  const first = Buffer.from(head.subarray(0, 4)).toString('hex');
  return ['1f8b', '504b0304', '28b52ffd', '425a68', 'fd377a58'].some((magic) => first.startsWith(magic));
}
