// Drives the figure of chapter 1 to each loss, and to its cure.

export const page = 'ch01-precision';

export async function drive(page, assert) {
  const figure = page.locator('.play[data-figure="ch01-bits"]');
  const says = async (words) => assert.match(await figure.locator('output').textContent(), words);
  const row = (format) => figure.getByRole('row', { name: format });

  await says(/^f32 makes 1795444200\.25 into 1795444224: off by 23\.75\./);
  assert.match(await row('f32').textContent(), /128/);

  // By keyboard: the radio buttons are one stop, and the arrows choose.
  await figure.getByRole('radio', { name: 'store it' }).focus();
  await page.keyboard.press('ArrowDown');
  await says(/^f32 makes the difference 0\.25 into 0/);
  await page.keyboard.press('ArrowDown');
  await says(/^f32 holds the difference 0\.25 exactly\./);

  // A bit is flipped by keyboard too, and no arrow turns the page.
  const bit = (name) => figure.getByRole('button', { name, exact: true });
  await figure.getByRole('radio', { name: 'store it' }).check();
  await figure.getByLabel('Number').fill('1');
  await bit('sign bit 1').focus();
  await page.keyboard.press('Space');
  await says(/^f32 holds -1 exactly\./);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await says(/^f32 holds -infinity\.|^f32 makes -infinity/);
  await bit('sign bit 1').click();
  await bit('fraction bit 1').click();
  await says(/^f32 holds NaN/);
  assert.match(page.url(), /ch01-precision/);

  await figure.getByRole('radio', { name: 'store it' }).check();
  await figure.getByLabel('Number').fill('16777217');
  await says(/16777216: an id would now be another one/);
  await figure.getByRole('button', { name: '1e39' }).press('Enter');
  await says(/into infinity: above its largest value/);
  await figure.getByRole('radio', { name: 'cast both, then subtract' }).check();
  await says(/into NaN: .*infinity minus infinity/);
  await figure.getByLabel('Number').fill('a dozen');
  await says(/^"a dozen" is no number here/);
}
