// A scenario in an address: packed, so that a link holds the whole text.
const limit = 12_000;

async function piped(bytes: BlobPart, through: CompressionStream | DecompressionStream): Promise<ArrayBuffer> {
  return new Response(new Blob([bytes]).stream().pipeThrough(through)).arrayBuffer();
}

/** The text for an address; undefined when it is too long for one. */
export async function packed(text: string): Promise<string | undefined> {
  const bytes = new Uint8Array(await piped(text, new CompressionStream('deflate-raw')));
  const letters = btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return letters.length > limit ? undefined : letters;
}

/** The text that an address holds; undefined when it was cut off on its way. */
export async function unpacked(letters: string): Promise<string | undefined> {
  try {
    const bytes = Uint8Array.from(atob(letters.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    return new TextDecoder().decode(await piped(bytes, new DecompressionStream('deflate-raw')));
  } catch {
    return undefined;
  }
}

/** Hands a text to the browser's downloads. */
export function download(name: string, type: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
