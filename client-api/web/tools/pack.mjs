// Packs what vite built, so that the server need not: a .br and a .gz beside every file that gets a tenth smaller by it.
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const packable = /\.(html|js|css|svg|json)$/;

function pack(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) {
      pack(path);
    } else if (packable.test(name)) {
      const plain = readFileSync(path);
      const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
      for (const [extension, packed] of [['.br', brotliCompressSync(plain, { params })], ['.gz', gzipSync(plain, { level: 9 })]]) {
        if (packed.length < plain.length * 0.9) {
          writeFileSync(path + extension, packed);
        }
      }
    }
  }
}

pack(new URL('../dist', import.meta.url).pathname);
