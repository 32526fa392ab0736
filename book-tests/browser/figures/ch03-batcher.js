// Drives the batcher's timeline until somebody waits for ever, and then until nobody does.

export const page = 'ch03-batching';

export async function drive(page, assert) {
  const figure = page.locator('.play[data-figure="ch03-batcher"]');
  const says = async (words) => assert.match(await figure.locator('output').textContent(), words);
  const row = (number) => figure.locator('tbody tr').nth(number - 1);

  await says(/^Requests 4 and 5 wait for ever: the batch holds 2 of 3/);
  assert.match(await row(5).textContent(), /waits for ever/);

  // By keyboard: an arrow moves a slider by one step, and turns no page.
  await figure.getByLabel('requests').focus();
  await page.keyboard.press('ArrowRight');
  await says(/^All 6 requests are answered, in 2 batches; .*6 is a multiple of 3/);
  await page.keyboard.press('ArrowRight');
  await says(/^Request 7 waits for ever/);
  assert.match(page.url(), /ch03-batching/);

  await figure.getByRole('radio', { name: 'with a deadline' }).focus();
  await page.keyboard.press('Space');
  await says(/^All 7 requests are answered, in 3 batches; the longest wait is 32 ms\./);
  assert.match(await row(7).textContent(), /batch 3 at 49, reply at 56 ms/);

  await figure.getByLabel('max_wait').focus();
  await page.keyboard.press('End');
  await says(/longer than max_wait, 95 ms/);
}
