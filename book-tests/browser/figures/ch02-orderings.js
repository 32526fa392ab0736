// Drives the orderings of the ready flag: to a request without weights, to the cure, and past it.

export const page = 'ch02-ordering';

export async function drive(page, assert) {
  const figure = page.locator('.play[data-figure="ch02-orderings"]');
  const says = async (at, words) => assert.match(await figure.locator('output').nth(at).textContent(), words);
  const verdict = (words) => says(0, words);
  const step = (words) => says(1, words);
  const choose = async (name) => {
    await figure.getByRole('radio', { name }).focus();
    await page.keyboard.press('Space');
  };
  const press = async (name) => {
    await figure.getByRole('button', { name }).focus();
    await page.keyboard.press('Enter');
  };
  const drawn = (kind) => figure.locator(`svg g:not(.to-come) > ${kind}`);

  await drawn('.access').first().waitFor();
  assert.equal(await figure.locator('.pairs .goes-wrong').count(), 5, 'the grid is coloured by what loom found');
  await verdict(/^Relaxed \+ Relaxed: a request may see ready and no weights\./);
  await step(/^Step 4 of 4, request: reads weights and gets none\. Step 1 is done/);
  assert.equal(await drawn('.access.wrong').count(), 1);
  assert.equal(await drawn('.edge').count(), 0);
  await press('Next');
  await step(/^Step 4 of 4/);
  await press('Back');
  await step(/^Step 3 of 4, request: ready\.load\(Relaxed\) and gets true\./);
  assert.equal(await drawn('.access.wrong').count(), 0, 'a step that is still to come is not drawn');

  await choose(/^Release \+ Relaxed: may see no weights/);
  await verdict(/^Release \+ Relaxed: a request may see ready and no weights\./);
  // By keyboard: an arrow goes to the next pair, and turns no page.
  await page.keyboard.press('ArrowRight');
  await verdict(/^Release \+ Acquire: a request that sees ready sees the weights\./);
  assert.match(page.url(), /ch02-ordering/);
  assert.ok(await figure.getByRole('radio', { name: /without the weights/ }).isDisabled());
  await step(/^Step 4 of 4, request: reads weights and gets version 1\./);
  assert.equal(await drawn('.edge.edge').first().isVisible(), true, 'the happens-before edge is drawn');

  await choose(/^SeqCst \+ SeqCst/);
  await choose('flag first, data after');
  assert.equal(await figure.locator('.pairs .goes-wrong').count(), 9);
  await verdict(/^SeqCst \+ SeqCst, flag first: a request may see ready and no weights\. No ordering covers/);
  await press('Back');
  await step(/^Step 3 of 4, request: reads weights and gets none\. They are not written yet\./);
}
