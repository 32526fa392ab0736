// Drives the number line until both requests are one value of f32, and then until they are two.

export const page = 'ch01-precision';

export async function drive(page, assert) {
  const figure = page.locator('.play[data-figure="ch01-line"]');
  const says = async (words) => assert.match(await figure.locator('output').textContent(), words);
  const choose = (name) => figure.getByRole('radio', { name, exact: true }).check();

  await says(/^To f32 both requests are 1795444224: 0\.25 s between them become 0\. Its step here is 128 s\./);
  assert.equal(await figure.locator('.tick').count(), 0);

  // By keyboard; an arrow moves a slider, and turns no page.
  await figure.getByLabel('zoom out').focus();
  for (let pressed = 0; pressed < 10; pressed += 1) await page.keyboard.press('ArrowRight');
  assert.match(page.url(), /ch01-precision/);
  assert.equal(await figure.locator('.tick').count(), 8, 'the values of f32 are seen');
  assert.equal(await figure.locator('circle.lost').count(), 2);
  await figure.getByLabel('apart').focus();
  await page.keyboard.press('End');
  await says(/^f32 keeps the requests 1024 s apart\./);

  // A drag moves both.
  const line = await figure.locator('svg.line').boundingBox();
  await page.mouse.move(line.x + 20, line.y + 60);
  await page.mouse.down();
  await page.mouse.move(line.x + 120, line.y + 60, { steps: 4 });
  await page.mouse.up();
  assert.notEqual(await figure.getByLabel('both later').inputValue(), '0');

  await choose('ids above 2²⁴');
  await says(/^To f32 both ids are 16777216: 1 between them become 0\. Its step here is 2\./);
  await choose('f64');
  await says(/^f64 keeps the ids 1 apart\./);
  await choose('a weight');
  await choose('f32');
  await says(/^f32 keeps the weights 0\.0001 apart\./);
}
