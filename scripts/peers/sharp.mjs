// The job with sharp, in one process: sharp.mjs IN OUT BOX IN_FLIGHT
//
// Each picture is computed by one thread, and several are in flight: for a whole folder that is faster than libvips'
// own threads within a picture. More in flight than cores keep all busy while files are opened and written.
import { createRequire } from 'node:module';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(import.meta.url); // heeds NODE_PATH, which import does not
const sharp = require('sharp');
const [, , input, output, box, inFlight] = process.argv;
const side = Number(box);
sharp.concurrency(1);
sharp.cache(false);

const files = readdirSync(input).sort();
let next = 0;
let failed = 0;

async function work() {
  while (next < files.length) {
    const file = files[next++];
    const picture = sharp(join(input, file))
      .rotate() // by the EXIF orientation; named autoOrient() in newer versions
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true });
    const encoded = file.endsWith('.png') ? picture.png() : picture.jpeg({ quality: 80 });
    try {
      await encoded.toFile(join(output, file));
    } catch (error) {
      failed++;
      console.error(`${file}: ${error.message}`);
    }
  }
}

await Promise.all(Array.from({ length: Number(inFlight) }, work));
process.exitCode = failed ? 1 : 0;
