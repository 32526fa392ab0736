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

  await figure.getByRole('radio', { name: 'store it' }).check();
  await figure.getByLabel('Number').fill('16777217');
  await says(/16777216: an id would now be another one/);
  await figure.getByRole('button', { name: '1e39' }).press('Enter');
  await says(/beyond the largest f32/);
  await figure.getByRole('radio', { name: 'cast both, then subtract' }).check();
  await says(/infinity minus infinity is not a number/);
  await figure.getByLabel('Number').fill('a dozen');
  await says(/^"a dozen" is no number here/);
}
