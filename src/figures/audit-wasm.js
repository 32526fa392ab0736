// The rules of the audit, compiled to WebAssembly: they run in this page, and the text goes nowhere.

const file = new URL('../live/audit.wasm', import.meta.url);

/** Compiles the rules once. What it gives audits a text, of Rust or of a Cargo.toml: its findings, or why it cannot be read. */
export async function auditor() {
  const answer = await fetch(file);
  if (!answer.ok) throw new Error(`audit.wasm: ${answer.status}`);
  const rules = await WebAssembly.compile(await answer.arrayBuffer());
  return (text, isManifest) => auditWith(rules, text, isManifest);
}

/** Audits a text with compiled rules. A new instance each time: one that has met its limits is of no use any more. */
export async function auditWith(rules, text, isManifest = false) {
  const { exports } = await WebAssembly.instantiate(rules);
  const bytes = new TextEncoder().encode(text);
  const place = exports.alloc(bytes.length);
  new Uint8Array(exports.memory.buffer, place, bytes.length).set(bytes);
  let told;
  try {
    told = exports.audit(place, bytes.length, Number(isManifest));
  } catch (error) {
    // The browser's own stack ends before that of the rules.
    if (error instanceof RangeError || error instanceof WebAssembly.RuntimeError) return { error: 'nested too deeply to be read here' };
    throw error;
  }
  const size = new DataView(exports.memory.buffer).getUint32(told, true);
  return JSON.parse(new TextDecoder().decode(new Uint8Array(exports.memory.buffer, told + 4, size)));
}
