// Drives the planes of a picture: through each mistake in the picture that shows it and in one that hides it, to the cure.

export const page = 'ch11-layout';

export async function drive(page, assert) {
  const figure = page.locator('.play[data-figure="ch11-planes"]');
  const says = async (words) => assert.match(await figure.locator('output').textContent(), words);
  const choose = async (name) => {
    await figure.getByRole('radio', { name }).focus();
    await page.keyboard.press('Space');
  };
  // What the model sees is the second grid; the picture itself the first.
  const pixels = (at) => figure.locator('svg g').nth(at).locator('rect:not(.frame)').evaluateAll((cells) =>
    cells.map((cell) => cell.getAttribute('fill')));

  await says(/^The shape is \[1, 3, 8, 12\], as it should be, and \d+ of 288 values are others/);
  assert.equal(await figure.locator('output.goes-wrong').count(), 1);
  assert.notDeepEqual(await pixels(1), await pixels(0));
  await choose(/one grey all over/);
  await says(/this picture hides the mistake/);
  assert.deepEqual(await pixels(1), await pixels(0));

  await choose(/blue, green, red/);
  await choose(/wide, in grey/);
  await says(/hides the mistake/);
  await choose(/square, in colour/);
  await says(/It shows in 2 of the 4 pictures/);

  await choose(/\(width, height, 3\), read/);
  await says(/hides the mistake/);
  await choose(/wide, in colour/);
  await says(/^The shape is \[1, 3, 12, 8\] and not \[1, 3, 8, 12\]/);

  await choose(/^\(height, width, 3\), read/);
  await says(/^The shape is \[1, 3, 8, 12\], and all 288 values stand where the model reads them\.$/);
  assert.equal(await figure.locator('output.holds').count(), 1);
  assert.deepEqual(await pixels(1), await pixels(0));
}
