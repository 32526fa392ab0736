// Drives the inspector: a wrong name, the right ones in another order, and files of the reader's own, good and bad.

import { readFileSync } from 'node:fs';

export const page = 'ch05-input-names';

const classifier = readFileSync(new URL('../../../models/classifier.onnx', import.meta.url));

export async function drive(page, assert) {
  const figure = page.locator('.play[data-figure="ch05-inspector"]');
  const [read, judged] = [figure.locator('output').nth(0), figure.locator('output').nth(1)];
  const names = figure.getByLabel('Input names in your code');
  const choose = async (name, buffer) => {
    await figure.getByLabel('Your model').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
    await read.filter({ hasText: `${name}: ` }).waitFor();
    return read.textContent();
  };

  await figure.getByRole('table').waitFor();
  assert.equal(await read.textContent(), 'classifier.onnx: 2 inputs, 1 output, IR version 8, opset 17.');
  assert.match(await judged.textContent(), /input_id is no input of this model: do you mean input_ids\?/);
  await names.fill('attention_mask, input_ids');
  assert.match(await judged.textContent(), /by place, tensors would go to the wrong inputs/);
  await names.fill('input_ids, attention_mask');
  assert.match(await judged.textContent(), /then no order matters/);
  assert.match(await figure.getByRole('region', { name: 'Rust code' }).textContent(), /"attention_mask" => Tensor::from_array/);

  assert.match(await choose('half.onnx', classifier.subarray(0, 5000)), /is cut short/);
  assert.equal(await figure.getByRole('table').count(), 0);
  assert.equal(await judged.isVisible(), false);
  assert.match(await choose('page.onnx', Buffer.from('<!DOCTYPE html>')), /This is no ONNX model: it is text/);
  assert.match(await choose('mine.onnx', classifier), /2 inputs, 1 output/);
  assert.match(await judged.textContent(), /^Every name is right/);

  // Dropped on the figure, as a mouse would.
  await figure.evaluate((place) => {
    const dropped = new DataTransfer();
    dropped.items.add(new File([], 'empty.onnx'));
    place.dispatchEvent(new DragEvent('drop', { dataTransfer: dropped, bubbles: true, cancelable: true }));
  });
  await read.filter({ hasText: 'empty.onnx: This file is empty.' }).waitFor();
}
