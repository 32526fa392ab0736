// Drives the orderings of the ready flag: to a request without weights, to the cure, and past it.

export const page = 'ch02-ordering';

export async function drive(page, assert) {
  const figure = page.locator('.play[data-figure="ch02-orderings"]');
  const says = async (at, words) => assert.match(await figure.locator('output').nth(at).textContent(), words);
  const verdict = (words) => says(0, words);
  const step = (words) => says(1, words);
  const choose = async (group, name) => {
    await figure.getByRole('group', { name: group }).getByRole('radio', { name }).focus();
    await page.keyboard.press('Space');
  };
  const press = async (name) => {
    await figure.getByRole('button', { name }).focus();
    await page.keyboard.press('Enter');
  };
  const store = /stores ready/;
  const load = /loads ready/;

  await figure.locator('tbody tr').first().waitFor();
  await verdict(/^Relaxed \+ Relaxed: a request may see ready and no weights\./);
  await step(/^Step 1 of 4, loader: writes weights\./);
  for (let pressed = 0; pressed < 3; pressed += 1) await press('Next');
  await step(/^Step 4 of 4, request: reads weights and gets none\. Step 1 is done/);
  await press('Next');
  await step(/^Step 4 of 4/);
  await press('Back');
  await step(/^Step 3 of 4, request: ready\.load\(Relaxed\) and gets true\./);

  await choose(store, 'Release');
  await verdict(/^Release \+ Relaxed: a request may see ready and no weights\./);
  await choose(load, 'Acquire');
  await verdict(/^Release \+ Acquire: a request that sees ready sees the weights\./);
  assert.ok(await figure.getByRole('radio', { name: /without the weights/ }).isDisabled());
  for (let pressed = 0; pressed < 3; pressed += 1) await press('Next');
  await step(/^Step 4 of 4, request: reads weights and gets version 1\./);

  await choose(store, 'SeqCst');
  await choose(load, 'SeqCst');
  await choose(/order of the loader/, 'flag first, data after');
  await verdict(/^SeqCst \+ SeqCst, flag first: a request may see ready and no weights\. No ordering covers/);
  await press('Next');
  await press('Next');
  await step(/^Step 3 of 4, request: reads weights and gets none\. Nobody has written them yet\./);
}
