// Drives both batchers until requests wait for ever, and then until none does.

export const page = 'ch03-batching';

export async function drive(page, assert) {
  const figure = page.locator('.play[data-figure="ch03-batcher"]');
  const [shipped, fixed] = [0, 1].map((at) => figure.locator('.scene').nth(at));
  const says = async (scene, words) => assert.match(await scene.locator('output').textContent(), words);

  await says(shipped, /^Requests 4 and 5 wait for ever: the batch holds 2 of 3/);
  await says(fixed, /^All 5 requests are answered, in 2 batches; the longest wait is 32 ms, 7 of it at the model\./);
  assert.equal(await shipped.locator('.stuck').count(), 2);
  assert.equal(await shipped.locator('.circle.closed').count(), 1, 'who waits for whom is drawn');
  assert.equal(await fixed.locator('.dot.answered').count(), 5);

  // From the beginning, step by step, by keyboard; an arrow turns no page.
  await figure.getByLabel('moment of the run').focus();
  await page.keyboard.press('Home');
  await figure.getByText('0 ms', { exact: true }).waitFor();
  assert.equal(await shipped.locator('.dot.to-come').count(), 4);
  await page.keyboard.press('ArrowRight');
  await figure.getByRole('button', { name: 'Step' }).press('Enter');
  assert.equal(await shipped.locator('.dot.batch').count(), 3);
  assert.match(page.url(), /ch03-batching/);

  // It plays to its end, and can be stopped.
  const play = figure.getByRole('button', { name: 'Play' });
  await play.press('Enter');
  await figure.getByRole('button', { name: 'Pause' }).press('Enter');
  await play.press('Enter');
  await shipped.locator('.circle.closed').waitFor({ timeout: 20_000 });
  await play.waitFor();

  await figure.getByLabel('requests').focus();
  await page.keyboard.press('ArrowRight');
  await says(shipped, /^All 6 requests are answered, in 2 batches; .*6 is a multiple of 3/);
  assert.equal(await shipped.locator('.circle.closed').count(), 0);
  await page.keyboard.press('ArrowRight');
  await says(shipped, /^Request 7 waits for ever/);
  await says(fixed, /^All 7 requests are answered, in 3 batches; the longest wait is 32 ms, 7 of it at the model\./);

  await figure.getByLabel('max_wait').focus();
  await page.keyboard.press('End');
  await says(fixed, /longer than max_wait, 95 ms/);
}
