// Drives the matrix: to a library that is too old, to one that only `ort` takes, to a model and a tokenizer that do not
// fit, and to the cure.

export const page = 'ch07-versions';

export async function drive(page, assert) {
  const figure = page.locator('.play[data-figure="ch07-matrix"]');
  const says = async (words) => assert.match(await figure.locator('output').textContent(), words);
  const press = async (name) => {
    await figure.getByRole('button', { name, exact: true }).focus();
    await page.keyboard.press('Enter');
  };
  const fill = (label, text) => figure.getByLabel(label).fill(text);
  const isGood = async () => assert.equal(await figure.locator('output.holds').count(), 1);

  await says(/^The preflight says no: libonnxruntime\.so\.1\.23\.2: ONNX Runtime 1\.23\.2 is too old: the service calls API version 24;/);
  await says(/ort::init\(\) alone: a panic: Failed to load ONNX Runtime dylib:/);
  await press('2.31.0');
  await says(/The preflight says no:.*2\.31\.0 is too new.*ort::init\(\) alone: takes it, and calls into it/);
  assert.equal(await figure.locator('output.goes-wrong').count(), 1);
  await press('0.99.0');
  await says(/The preflight says no:.*0\.99\.0 is too old.*ort::init\(\) alone: takes it/);
  await press('A version that would do');
  await says(/^The preflight says yes: it may start, on 1\.24\.0\./);
  await isGood();
  assert.equal(await figure.locator('svg .chosen').textContent(), '1.24IR to 13opset to 25');
  assert.equal(await figure.locator('svg .too-little').count(), 0);

  await fill('its opset', '28');
  await says(/the model has opset 28, and ONNX Runtime 1\.24\.0 reads up to 25;/);
  assert.equal(await figure.locator('svg .too-little').count(), 2, 'the bars of two runtimes end before the model');
  await press('A version that would do');
  await says(/it may start, on 1\.32\.0\. ONNX Runtime 1\.32\.0 is newer than 1\.31\.1, the newest that was tested\./);
  await isGood();

  await figure.getByLabel('the tokenizer is').selectOption('of another release');
  await says(/tokenizer\.json: not the file that release 2026-11-23 was tested with/);
  await press('A version that would do');
  await says(/^No ONNX Runtime that was measured lets this start\./);
  await figure.getByLabel('the tokenizer is').selectOption('of the release');
  await isGood();

  await fill('its opset', 'new');
  await says(/^IR version and opset are numbers/);
  await fill('its opset', '17');
  await fill('ONNX Runtime', '1.100.0');
  await says(/it may start, on 1\.100\.0\./);
}
