// Will these work together? What the chapter's preflight says, and what `ort` says by itself. Compared with both
// (solutions/ch07-versions/tests/alone.rs).

/** What the service is made of, as its manifest has it. */
export const service = { ort: '2.0.0-rc.14', release: '2026-11-23', tested: '1.31.1' };

const U32 = 2n ** 32n;
const U64 = 2n ** 64n;

/** As Rust reads an unsigned number below `end`; null for what is none. */
function number(text, end) {
  if (!/^\+?[0-9]+$/.test(text ?? '')) return null;
  const value = BigInt(text.replace('+', ''));
  return value < end ? value : null;
}

function majorAndMinor(version) {
  const [major, minor] = version.split('.').slice(0, 2).map((part) => number(part, U64));
  return major === null || minor === null || minor === undefined ? null : { major, minor };
}

const library = (version) => `libonnxruntime.so.${version}`;
const refuse = (file, reason) => ({ starts: false, says: [`${file}: ${reason}`] });

/** Why a runtime of this version is refused; null where it has the API version that the service calls. */
function refusedRuntime(version, parts, api) {
  if (!parts) return `not ONNX Runtime: it reports the version \`${version}\`; name the library itself, whole`;
  if (parts.major > 1n) return `ONNX Runtime ${version} is too new: the service is made for 1.x; install a 1.x`;
  if (parts.major === 1n && parts.minor >= BigInt(api)) return null;
  return `ONNX Runtime ${version} is too old: the service calls API version ${api}; install 1.${api} or a later 1.x`;
}

/** The measured limits that hold for a runtime of this minor version of 1.x. */
const limitsOf = (minor, limits) => limits.findLast(({ since }) => BigInt(since) <= minor);

/** Where the model declares more than this runtime reads. */
function refusedModel({ version, irVersion, opset }, { minor }, limits) {
  const reads = limitsOf(minor, limits);
  for (const [what, found, most] of [['IR version', irVersion, reads.irVersion], ['opset', opset, reads.opset]]) {
    if (found > most) {
      return `the model has ${what} ${found}, and ONNX Runtime ${version} reads up to ${most}; install a newer runtime, `
        + `or export the model again for ${what} ${most}`;
    }
  }
  return null;
}

// The hashes depend on the files, which the page does not have.
const otherRevision = `not the file that release ${service.release} was tested with (SHA-256 …, not …); deploy model, `
  + 'tokenizer and manifest of one release';

/** What the preflight says of a deployment: whether it starts, and the reason or the warnings. `data` is `ch07-matrix.json`. */
export function preflight(deployment, { api, limits }) {
  const { version } = deployment;
  const parts = majorAndMinor(version);
  const runtime = refusedRuntime(version, parts, api);
  if (runtime) return refuse(library(version), runtime);
  const model = refusedModel(deployment, parts, limits);
  if (model) return refuse('model.onnx', model);
  if (deployment.otherModel) return refuse('model.onnx', otherRevision);
  if (deployment.otherTokenizer) return refuse('tokenizer.json', otherRevision);
  const says = [`it may start, on ${version}`];
  if (parts.minor > majorAndMinor(service.tested).minor) {
    says.push(`ONNX Runtime ${version} is newer than ${service.tested}, the newest that was tested`);
  }
  return { starts: true, says };
}

/** What `ort::init().build()` does with the library: it compares the second part, and nothing else. */
export function alone({ version }, { api }) {
  const second = number(version.split('.')[1], U32) ?? 0n;
  if (second >= BigInt(api)) return { takes: true, says: 'takes it, and calls into it' };
  return {
    takes: false,
    says: `a panic: Failed to load ONNX Runtime dylib: ort ${service.ort} is not compatible with the ONNX Runtime binary found at `
      + `\`${library(version)}\`; expected version >= '1.${api}.x', but got '${version}'`,
  };
}

/** The oldest measured runtime on which the rest of the deployment starts, or null. */
export function versionThatDoes(deployment, data) {
  const versions = data.limits.map(({ since }) => `1.${since}.0`);
  return versions.find((version) => preflight({ ...deployment, version }, data).starts) ?? null;
}

/** What each measured runtime reads, whether that is enough for the model, and which of them is the deployment's. */
export function ranges({ version, irVersion, opset }, { api, limits }) {
  const parts = majorAndMinor(version);
  const own = refusedRuntime(version, parts, api) ? undefined : limitsOf(parts.minor, limits);
  return limits.map((reads, at) => {
    const last = at + 1 < limits.length ? limits[at + 1].since - 1 : undefined;
    const name = last === undefined ? `from 1.${reads.since} on` : last === reads.since ? `1.${reads.since}` : `1.${reads.since} to 1.${last}`;
    return {
      name, irVersion: reads.irVersion, opset: reads.opset,
      readsIr: irVersion <= reads.irVersion, readsOpset: opset <= reads.opset, isChosen: reads === own,
    };
  });
}
