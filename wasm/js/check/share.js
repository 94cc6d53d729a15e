// A share link carries answers in the address's fragment, which browsers keep to themselves.

const mark = 'modenhet=';

/** The link that opens an assessment: its model, subject, answers, and what is not applicable. */
export async function linkOf(assessment, address) {
  const { model, subject, answers, notApplicable } = assessment;
  const bytes = await through(new CompressionStream('deflate-raw'), new TextEncoder().encode(JSON.stringify({ model, subject, answers, notApplicable })));
  const url = new URL(address);
  url.hash = mark + btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  return url.href;
}

/** The assessment's text in an address, or undefined where there is none. It throws where it cannot be read. */
export async function textIn(hash) {
  if (!hash.startsWith(`#${mark}`)) return undefined;
  const text = atob(hash.slice(mark.length + 1).replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = await through(new DecompressionStream('deflate-raw'), Uint8Array.from(text, (c) => c.charCodeAt(0)));
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

const limit = 1 << 20; // of what a link may unpack to

async function through(stream, bytes) {
  const writer = stream.writable.getWriter();
  const written = writer.write(bytes).then(() => writer.close());
  written.catch(() => {}); // reading fails too, and says so
  const parts = [];
  let size = 0;
  for (const reader = stream.readable.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > limit) {
      await reader.cancel();
      throw new RangeError('too large');
    }
    parts.push(value);
  }
  await written;
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
