/** One entry of an archive; a name that ends in `/` is a directory. */
export type TarEntry = { name: string; content: string };

/** Writes a POSIX tar archive. Names are ASCII and shorter than 100 characters. */
export function tarArchive(entries: readonly TarEntry[], at: number): Buffer {
  const blocks = entries.flatMap(({ name, content }) => {
    const data = Buffer.from(content);
    return [header(name, data.length, at), data, Buffer.alloc((512 - (data.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

function header(name: string, size: number, at: number): Buffer {
  const block = Buffer.alloc(512);
  const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`;
  const isDirectory = name.endsWith('/');
  block.write(name, 0);
  block.write(octal(isDirectory ? 0o755 : 0o644, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(Math.floor(at / 1000), 12), 136);
  block.write('        ', 148);
  block.write(isDirectory ? '5' : '0', 156);
  block.write('ustar\0' + '00', 257);
  const checksum = block.reduce((sum, byte) => sum + byte, 0);
  block.write(`${checksum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
